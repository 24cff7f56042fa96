/* Byelaw: asks a compiled policy, "may I do this?".
 *
 * Questions and answers are JSON; docs/hosts.md has an example. Whoever enforces asks byelaw_allows, which is true for
 * a yes without conditions and false for all else: an error, a null pointer, what is not known.
 * Made by `cargo xtask header`; do not change it by hand. */

#ifndef BYELAW_H
#define BYELAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 A policy that answers questions. It never changes: any number of threads may ask it at once.
 */
typedef struct byelaw_policy byelaw_policy;

/*
 A text in UTF-8 that the library made. Whoever gets one gives it back with `byelaw_text_free`.
 */
typedef struct byelaw_text byelaw_text;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/*
 Loads a compiled policy: `len` bytes at `data`, which are not needed afterwards.

 The result is null if they are no policy, or are damaged; then a text that says why is written to `error`. If all is
 well `error` becomes null. `error` may be null itself. Give the policy back with `byelaw_policy_free`, the text with
 `byelaw_text_free`.

 # Safety
 `data` is null or has `len` bytes to read; `error` is null or can be written.
 */
struct byelaw_policy *byelaw_load(const uint8_t *data,
                                  size_t len,
                                  struct byelaw_text **error);

/*
 Whether what is asked is allowed without any condition: true for the contract's `unconditional` and for nothing else.
 Whoever enforces uses only this.

 `question` is `len` bytes of JSON in UTF-8. If the question could not be asked the result is false, and a text that
 says why is written to `error`; otherwise `error` becomes null. `error` may be null itself.

 # Safety
 `policy` is null or came from `byelaw_load` and was not given back; `question` is null or has `len` bytes to read;
 `error` is null or can be written.
 */
bool byelaw_allows(const struct byelaw_policy *policy,
                   const char *question,
                   size_t len,
                   struct byelaw_text **error);

/*
 Answers a question: `len` bytes of JSON in UTF-8 at `question`.

 The result is a decision as JSON, or `{"error": ...}` with what is wrong; never null. Give it back with
 `byelaw_text_free`.

 # Safety
 `policy` is null or came from `byelaw_load` and was not given back; `question` is null or has `len` bytes to read.
 */
struct byelaw_text *byelaw_decide(const struct byelaw_policy *policy,
                                  const char *question,
                                  size_t len);

/*
 Every word that a question may use, as JSON; `{"error": ...}` if `policy` is null; never null. Give it back with
 `byelaw_text_free`.

 # Safety
 `policy` is null or came from `byelaw_load` and was not given back.
 */
struct byelaw_text *byelaw_vocabulary(const struct byelaw_policy *policy);

/*
 Gives a policy back. Null is left alone. No thread may be asking it.

 # Safety
 `policy` is null or came from `byelaw_load`, and is given back once.
 */
void byelaw_policy_free(struct byelaw_policy *policy);

/*
 The bytes of a text, with a zero byte behind them and none within. They stay until the text is given
 back. Null for null.

 # Safety
 `text` is null or came from this library and was not given back.
 */
const char *byelaw_text_data(const struct byelaw_text *text);

/*
 How many bytes a text has, the zero byte behind them left out. 0 for null.

 # Safety
 `text` is null or came from this library and was not given back.
 */
size_t byelaw_text_len(const struct byelaw_text *text);

/*
 Room for `len` bytes, all zero, for a host that has no memory of its own to point at: one that holds this library as a
 WebAssembly module. Null if there is no such room. Give it back with `byelaw_bytes_free`.
 */
uint8_t *byelaw_bytes_new(size_t len);

/*
 Gives room for bytes back. Null is left alone.

 # Safety
 `data` is null or came from `byelaw_bytes_new` with the same `len`, and is given back once.
 */
void byelaw_bytes_free(uint8_t *data, size_t len);

/*
 Gives a text back. Null is left alone.

 # Safety
 `text` is null or came from this library, and is given back once.
 */
void byelaw_text_free(struct byelaw_text *text);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* BYELAW_H */
