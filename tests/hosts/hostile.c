/* Calls that wish the library ill. Each must be an error, and none a yes. */
#include <byelaw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int calls, wrong;

static void holds(int good, const char *what) {
  calls += 1;
  if (!good) {
    wrong += 1;
    printf("wrong: %s\n", what);
  }
}

/* Whether there is a text with something in it, which is given back. */
static int told(byelaw_text *text) {
  int good = text != NULL && byelaw_text_len(text) > 0 && byelaw_text_len(text) == strlen(byelaw_text_data(text));
  byelaw_text_free(text);
  return good;
}

/* Whether an answer is an error. */
static int refused(byelaw_text *text) {
  int good = text != NULL && strstr(byelaw_text_data(text), "\"error\":{\"code\":") != NULL;
  return told(text) && good;
}

static void no_policy(const uint8_t *data, size_t len, const char *what) {
  byelaw_text *why = NULL;
  byelaw_policy *policy = byelaw_load(data, len, &why);
  holds(policy == NULL && told(why), what);
  byelaw_policy_free(policy);
}

static void no_question(const byelaw_policy *policy, const char *question, size_t len, const char *what) {
  byelaw_text *why = NULL;
  holds(!byelaw_allows(policy, question, len, &why) && told(why), what);
  holds(!byelaw_allows(policy, question, len, NULL), what);
  holds(refused(byelaw_decide(policy, question, len)), what);
}

int main(int many, char **words) {
  static uint8_t bytes[1 << 22];
  FILE *file = many > 2 ? fopen(words[1], "rb") : NULL;
  if (!file) return 1;
  const char *yes = words[2];
  size_t all = strlen(yes), len = fread(bytes, 1, sizeof bytes, file), at;
  byelaw_text *why = (byelaw_text *)&calls;
  byelaw_policy *policy = byelaw_load(bytes, len, &why);
  holds(policy != NULL && why == NULL, "a policy is loaded, and the error is taken back");
  if (!policy) return 1;
  memset(bytes + len, 0, sizeof bytes - len);

  no_policy(NULL, 0, "null");
  no_policy(NULL, len, "null with a length");
  no_policy(bytes, 0, "nothing");
  no_policy(bytes, len - 1, "the last byte is missing");
  no_policy(bytes, len + 1, "one byte too many");
  no_policy(bytes, SIZE_MAX, "an impossible length");
  for (at = 0; at < len; at += len / 50) {
    bytes[at] ^= 1;
    no_policy(bytes, len, "a flipped bit");
    bytes[at] ^= 1;
  }

  no_question(NULL, yes, all, "no policy");
  no_question(policy, NULL, 0, "no question");
  no_question(policy, NULL, all, "null with a length");
  no_question(policy, yes, 0, "an empty question");
  no_question(policy, yes, SIZE_MAX, "an impossible length");
  no_question(policy, yes, all + 1, "the zero byte behind it");
  for (at = 1; at < all; at += 1) no_question(policy, yes, at, "only the beginning of a question");
  no_question(policy, "\xff", 1, "not UTF-8");
  no_question(policy, "{\"facts\":{\"wibble\":true}}", 25, "an unknown fact");
  no_question(policy, "{\"facts\":{\"role\":\"\\u0000\"}}", 27, "a zero byte in a name");

  holds(refused(byelaw_vocabulary(NULL)), "the words of no policy");
  holds(told(byelaw_vocabulary(policy)), "the words of a policy");
  holds(byelaw_text_data(NULL) == NULL && byelaw_text_len(NULL) == 0, "no text");
  byelaw_text_free(NULL);
  byelaw_policy_free(NULL);

  uint8_t *room = byelaw_bytes_new(1000);
  holds(room != NULL && room[0] == 0 && room[999] == 0, "room for bytes");
  if (room) memset(room, 1, 1000);
  byelaw_bytes_free(room, 1000);
  byelaw_bytes_free(NULL, 1000);
  holds(byelaw_bytes_new(SIZE_MAX) == NULL, "no room for an impossible length");

  why = (byelaw_text *)&calls;
  holds(byelaw_allows(policy, yes, all, &why) && why == NULL, "a yes after all of this");
  byelaw_policy_free(policy);
  printf("%d calls, %d wrong\n", calls, wrong);
  return wrong != 0;
}
