/* Answers each line of its input: whether it is allowed, and the decision. */
#include <byelaw.h>
#include <stdio.h>
#include <string.h>

static unsigned char bytes[1 << 22];
static char line[1 << 21];

int main(int many, char **words) {
  FILE *file = many > 1 ? fopen(words[1], "rb") : NULL;
  byelaw_policy *policy = byelaw_load(bytes, file ? fread(bytes, 1, sizeof bytes, file) : 0, NULL);
  if (!policy) return 1;
  while (fgets(line, sizeof line, stdin)) {
    size_t len = strcspn(line, "\n");
    byelaw_text *answer = byelaw_decide(policy, line, len);
    printf("%c %s\n", byelaw_allows(policy, line, len, NULL) ? 'y' : 'n', byelaw_text_data(answer));
    byelaw_text_free(answer);
  }
  byelaw_policy_free(policy);
  return 0;
}
