// What is loaded once it is wanted, and then kept.

export class Later {
  #load;
  #coming = null;
  /** Whether it is here. */
  here = false;

  /** load: gets it, perhaps in vain. */
  constructor(load) {
    this.#load = load;
  }

  /** Waits for it. What could not be had is tried again when it is wanted again. */
  get() {
    this.#coming ??= this.#load().then((got) => {
      this.here = true;
      return got;
    }, (failure) => {
      this.#coming = null;
      throw failure;
    });
    return this.#coming;
  }

  /** Begins to load it for what comes next. What fails here is said when it is needed. */
  begin() {
    this.get().catch(() => {});
  }
}
