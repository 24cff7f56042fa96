// What the page says in its own words until there is an answer, each phrase once. The server reads them here, too, for those
// who read without JavaScript: so what stands between the braces is JSON. `{name}` is replaced by a value.

const PHRASES = {
  "no": "No",
  "no_answer": "No answer",
  "yes": "Yes",
  "not_known": "I don’t know",
  "none_of_these": "None of these",
  "any_but": "Not {values}",
  "others": "one of {count} others",
  "about_today": "This is about today.",
  "ask_as_of": "Ask as of another day",
  "day_not_known": "You do not know the day of this.",
  "asking_as_of": "You are asking as of {day}.",
  "change_day": "Change the day",
  "ask_today": "Ask as of today",
  "for_unknown_day": "This is the answer for an unknown day.",
  "for_day": "This is the answer for {day}, not for today.",
  "ask": "Check what the policy says",
  "no_such_policy": "There is no policy called “{name}” here. Choose one of these.",
  "plain_answer": "You get a plain answer, and the clause it comes from.",
  "which_policy": "Which policy is it about?",
  "of_edition": "Edition: {edition}",
  "choose_policy": "Choose a policy",
  "error": "Error: ",
  "problem": "There is a problem",
  "go_on": "Continue",
  "choose_yes_no": "Choose Yes, No or I don’t know",
  "all_that_apply": "Choose all that apply.",
  "choose_answer": "Choose an answer from the list",
  "when": "When is this?",
  "rules_change": "Rules change over time. The answer is for this day.",
  "one_more": "Show one more choice",
  "more_choices": "Show {count} more choices",
  "to_judge": "This is for {person} to judge.",
  "choose_all": "Choose all that apply, or “None of these”, or “I don’t know”",
  "from_to": " from {from} to {to}",
  "number_of": "Number of {unit}",
  "number": "Number",
  "whole_number": "Enter a whole number{of}{range}, or choose “I don’t know”",
  "of_unit": " of {unit}",
  "time_example": "Time, for example 08:40",
  "time_wrong": "Enter a time such as 08:40, or choose “I don’t know”",
  "date_example": "For example, {day} is {digits}.",
  "day": "Day",
  "month": "Month",
  "year": "Year",
  "time_too": "Time, if it matters",
  "date_lacks": "Enter the {parts}, or choose “I don’t know”",
  "time_too_wrong": "Enter a time like 10:30, or leave it empty",
  "no_such_day": "Enter a day that exists, like 27 3 2026",
  "or": "or",
  "not_both": "Give an answer, or choose “I don’t know”, not both",
  "left_some_out": "We did not use all of the words. The answer leaves some out.",
  "not_loaded": "The rules could not be loaded. Do not take this as a yes.",
  "back": "Back",
  "name": "Can I do this?",
  "see_table": "See the whole table: {title}",
  "see_tables": "See the tables of this policy"
};

/** A phrase of such a list with its values. */
export function filled(phrases, name, values) {
  return phrases[name].replace(/\{([a-z]+)\}/g, (_, key) => String(values[key] ?? ""));
}

/** A phrase with its values. */
export function phrase(name, values = {}) {
  return filled(PHRASES, name, values);
}

/** Phrases that answers have in common with questions. */
export const COMMON = PHRASES;
