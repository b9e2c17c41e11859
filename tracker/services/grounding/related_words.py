"""Groups of related words, so that a figure reworded in a letter still matches its bullet."""

from functools import lru_cache

from tracker.services.matching.stems import stem

_GROUPS = """
cost costs bill spend spending expense expenses budget saving savings save saved money overtime price
sale sales revenue turnover income takings earnings sold sell order orders
error errors mistake mistakes defect defects bug bugs fault scrap accuracy wrong
time duration hours days weeks minutes speed fast faster quick quicker quickly latency slow wait waiting delay
release deploy deployment deployments ship shipping shipped rollout launch launched
customer customers client clients user users guest guests buyer buyers shopper account accounts
patient patients resident residents ward
pupil pupils student students child children class classes learner learners kids
team staff people colleagues crew brigade squad group department
satisfaction satisfied rating score scores happy review reviews nps
churn retention retain cancel cancellations leave left return returning repeat come back
ticket tickets request requests query queries enquiry enquiries call calls case cases contact contacts question questions message messages
hire hires hired hiring recruit recruited recruiting recruitment placed placement placements candidate candidates fill vacancy
traffic visits visitors views clicks reach audience readers reader followers subscribers
conversion converted conversions convert signup sign-up trial paid activation open opens rate
invoice invoices payment payments bill
server servers infrastructure cloud hosting aws azure computing
accident accidents incident incidents injury injuries safety falls
article articles post posts guide guides blog
stock inventory goods warehouse
grade grades marks exam exams pass result results
house houses home homes flat flats new-build
woman women female
form forms application applications completion completed complete
newsletter newsletters email emails mail mails
margin margins profit profits gain
train trained training taught teach course courses workshop workshops mentor mentored coach coached
shop shops store stores branch branches site sites outlet outlets
absence sick sickness attendance no-show no-shows missed
waste wasted scrap loss losses
caseload cases families family
file files document documents report reports
"""


@lru_cache(maxsize=1)
def _groups() -> dict[str, frozenset[int]]:
    groups: dict[str, set[int]] = {}
    for number, line in enumerate(_GROUPS.strip().splitlines()):
        for word in line.split():
            groups.setdefault(stem(word), set()).add(number)
    return {stemmed: frozenset(numbers) for stemmed, numbers in groups.items()}


def are_related(stems: frozenset[str] | set[str], other_stems: frozenset[str] | set[str]) -> bool:
    """Return whether two sets of stems share a stem or a group of related words."""
    return bool(stems & other_stems) or bool(groups_of(stems) & groups_of(other_stems))


def groups_of(stems: frozenset[str] | set[str]) -> set[int]:
    """Return the groups of related words that these stems belong to."""
    return {number for word_stem in stems for number in _groups().get(word_stem, ())}
