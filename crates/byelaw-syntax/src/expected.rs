//! What the grammar would have liked to see, in words for people.
//!
//! Here: a name for every rule of the grammar that can be expected. Not here: which slip the author made.

use byelaw_grammar::Rule;

/// The things expected at one place, each once, the ones that start something new before those that continue a list.
pub(crate) fn expected(positives: &[Rule]) -> Vec<String> {
    let mut all = Vec::new();
    let mut continuing = Vec::new();
    for rule in positives {
        let list =
            if matches!(rule, Rule::comma | Rule::list_comma | Rule::k_or | Rule::list_or | Rule::k_and) {
                &mut continuing
            } else {
                &mut all
            };
        for words in describe(*rule) {
            if !list.contains(&words) {
                list.push(words);
            }
        }
    }
    // A list can go on almost anywhere; saying so hides what is missing.
    if all.is_empty() { continuing } else { all }
}

/// `x`, `x or y`, `x, y or z`, and no more than eight of them.
pub(crate) fn join(words: &[String]) -> String {
    let (words, rest) = words.split_at_checked(8).unwrap_or((words, &[]));
    match words.split_last() {
        None => "something else".to_owned(),
        Some((only, [])) => only.clone(),
        Some(_) if !rest.is_empty() => words.join(", ") + " or another clause",
        Some((last, before)) => format!("{} or {last}", before.join(", ")),
    }
}

fn describe(rule: Rule) -> Vec<String> {
    let one = |words: &str| vec![words.to_owned()];
    match rule {
        Rule::text => one("a text in double quotes"),
        Rule::plain
        | Rule::free
        | Rule::reference
        | Rule::word_entry
        | Rule::value
        | Rule::formula
        | Rule::formula_term => one("a name"),
        Rule::or_list | Rule::all_list | Rule::value_list | Rule::deeds | Rule::values => one("a name"),
        Rule::who => one("who it is about"),
        Rule::phrase => one("an act"),
        Rule::frame | Rule::frame_word => one("a word of the act"),
        Rule::gap => one("a gap such as `<fact>`"),
        Rule::date => one("a date such as `2020-03-23`"),
        Rule::time => one("a time such as `08:40`"),
        Rule::number => one("a number"),
        Rule::clause_ref => one("a clause such as `document/clause`"),
        Rule::condition | Rule::term | Rule::statement => one("a condition"),
        Rule::bracketed => one("`(`"),
        Rule::negation => one("`not`"),
        Rule::cell => one("`yes`, `no`, `only` or a clause"),
        Rule::column => one("a column such as `name: who`"),
        Rule::row => one("`row`"),
        Rule::side => one("`asker`, `act`, `thing` or `circumstances`"),
        Rule::standing => one("`duty`, `guidance`, `discretion`, `informative` or `undecidable`"),
        Rule::outcome => one("`permitted`, `needs approval`, `forbidden`, `not covered` or `needs facts`"),
        Rule::modal => ["`may`", "`must`", "`should`"].map(str::to_owned).to_vec(),
        Rule::must_not | Rule::must_never => one("`must`"),
        Rule::should_not => one("`should`"),
        Rule::may_only | Rule::may_in_general => one("`may`"),
        Rule::approved => one("`if approved by`"),
        Rule::at_discretion => one("`at the discretion of`"),
        Rule::held => one("`held by the subject`"),
        Rule::costing => one("`costing N to change`"),
        Rule::except_to => one("`except to`"),
        Rule::advice => one("`guidance for`"),
        Rule::provided => one("`provided they`"),
        Rule::due => one("`as soon as possible`, `immediately`, `within`, `every`, `once per` or `by`"),
        Rule::unit => one("`calendar days`, `weeks`, `months`, `years` or `hours`"),
        Rule::occasion => ["`after`", "`before`"].map(str::to_owned).to_vec(),
        Rule::otherwise => one("`otherwise`"),
        Rule::done_by => one("`done by`"),
        Rule::deed_choice | Rule::deed_or => one("a name"),
        Rule::whatever => one("`whatever they do`"),
        Rule::after_event => one("`after`"),
        Rule::days => one("`calendar days`"),
        Rule::acts_kind => one("`the acts`"),
        Rule::number_kind => one("`a number of ...`"),
        Rule::date_kind => one("`a date`"),
        Rule::time_kind => one("`a time of day`"),
        Rule::weekday_kind => one("`a weekday`"),
        Rule::counting => one("`counting ... days`"),
        Rule::closed_days => one("`closed days are`"),
        Rule::days_beyond => one("`days beyond are`"),
        Rule::open_stretch => one("`open`"),
        Rule::closed_stretch => one("`closed`"),
        Rule::timetable => one("`on ...:`"),
        Rule::hours => ["`from`", "`until`"].map(str::to_owned).to_vec(),
        Rule::the_subject => one("`the subject`"),
        Rule::comparison => one("a value"),
        Rule::norm | Rule::duty => one("who it is about"),
        Rule::disapply => one("`rule`"),
        Rule::stop | Rule::EOI => one("a full stop"),
        Rule::list_comma | Rule::comma => one("`,`"),
        Rule::list_or => one("`or`"),
        Rule::colon => one("`:`"),
        Rule::semicolon => one("`;`"),
        Rule::bar => one("`|`"),
        Rule::slash => one("`/` and the name of a clause"),
        Rule::open => one("`(`"),
        Rule::close => one("`)`"),
        Rule::less => one("`<`"),
        Rule::greater => one("`>`"),
        Rule::article | Rule::reserved | Rule::next_part | Rule::sentence | Rule::letters | Rule::tail => {
            Vec::new()
        }
        // A word of the language, or a part that is named as it begins.
        other => {
            let name = format!("{other:?}");
            one(&format!("`{}`", name.strip_prefix("k_").unwrap_or(&name).replace('_', " ")))
        }
    }
}
