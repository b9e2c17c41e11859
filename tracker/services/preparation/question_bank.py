"""The question bank: what each kind of round asks of anyone, or of those in an occupation."""

from dataclasses import dataclass

from tracker.shapes.enumerations import InterviewKind as Kind
from tracker.shapes.preparation import Topic

FIRST = (Kind.RECRUITER_SCREEN, Kind.HIRING_MANAGER)
PEOPLE = (Kind.HIRING_MANAGER, Kind.BEHAVIOURAL, Kind.PANEL, Kind.ONSITE, Kind.FINAL)
DEPTH = (Kind.TECHNICAL, Kind.CODING, Kind.PANEL, Kind.ONSITE)
LATE = (Kind.ONSITE, Kind.FINAL, Kind.HIRING_MANAGER)


@dataclass(frozen=True)
class BankQuestion:
    """A question, the rounds that ask it (none for all), and the job titles or tools that bring it up.

    Without titles and tools it is asked of anyone.
    """

    key: str
    topic: Topic
    text: str
    why: str
    kinds: tuple[Kind, ...] = ()
    titles: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()


def _ask(key: str, topic: Topic, text: str, why: str, *kinds: Kind) -> BankQuestion:
    return BankQuestion(key, topic, text, why, kinds)


GENERAL_QUESTIONS = (
    _ask("about-you", Topic.OPENING, "Tell me about yourself.",
         "Most talks begin with it: two minutes that lead to this job.", *FIRST, Kind.PANEL, Kind.ONSITE),
    _ask("walk-through", Topic.OPENING, "Walk me through your last position: what was yours to decide, and what came of it?",
         "A future manager asks what you did yourself, apart from the team.", *PEOPLE),
    _ask("why-leave", Topic.OPENING, "Why are you leaving, or why did you leave?",
         "Asked to hear how you speak of people you worked with.", *FIRST),
    _ask("proudest", Topic.OPENING, "What work are you proudest of?",
         "It shows what you call good work.", *PEOPLE, Kind.TECHNICAL),
    _ask("gap", Topic.OPENING, "What did you do between positions?",
         "Asked wherever dates leave room for it.", Kind.RECRUITER_SCREEN),
    _ask("why-us", Topic.MOTIVATION, "Why {company}?",
         "Nearly every first talk asks it; three facts about them beat praise.", *FIRST, Kind.FINAL),
    _ask("why-role", Topic.MOTIVATION, "What draws you to the {role} position?",
         "They want to hear that you have read the posting.", *FIRST),
    _ask("know-us", Topic.MOTIVATION, "What do you know about what we do?",
         "Asked early, to see whether you looked.", *FIRST),
    _ask("five-years", Topic.MOTIVATION, "What do you want to be doing in three years?",
         "They compare it with what they can offer.", *FIRST, Kind.FINAL),
    _ask("not-enjoy", Topic.MOTIVATION, "Which part of this job would you like least?",
         "Asked to see whether you know the job.", *LATE),
    _ask("conflict", Topic.BEHAVIOURAL, "Tell me about a disagreement with a colleague, and how it ended.",
         "The commonest question about how you work.", *PEOPLE),
    _ask("failure", Topic.BEHAVIOURAL, "Tell me about something that went wrong because of you.",
         "Asked to hear what you changed afterwards.", *PEOPLE),
    _ask("feedback", Topic.BEHAVIOURAL, "What is the hardest feedback you were given, and what did you do with it?",
         "It tells how you learn.", *PEOPLE),
    _ask("deadline", Topic.BEHAVIOURAL, "Tell me about a time when you couldn't finish all that was promised.",
         "It shows how you choose, and who hears about it when.", *PEOPLE),
    _ask("unclear", Topic.BEHAVIOURAL, "Describe work you had to begin before it was clear what was wanted.",
         "Most work is like that.", *PEOPLE, Kind.SYSTEM_DESIGN),
    _ask("persuade", Topic.BEHAVIOURAL, "When did you change the mind of someone who had the last word?",
         "It shows how you argue without power.", *PEOPLE),
    _ask("learn", Topic.BEHAVIOURAL, "What did you have to learn fast, and how did you go about it?",
         "No posting fits whole; they ask how the rest will come.", *PEOPLE, Kind.TECHNICAL),
    _ask("help", Topic.BEHAVIOURAL, "Tell me about someone you helped to get better at their work.",
         "Asked wherever people work side by side.", *PEOPLE),
    _ask("more-than-asked", Topic.BEHAVIOURAL, "When did you do more than you were asked, and was it worth it?",
         "It shows judgement as much as drive.", Kind.BEHAVIOURAL, Kind.FINAL),
    _ask("salary", Topic.TERMS, "What are your salary expectations?",
         "Recruiters ask it first, so that nobody's time is lost: name a range you would take.", *FIRST, Kind.FINAL),
    _ask("notice", Topic.TERMS, "When could you start?",
         "It is asked before an offer is made.", Kind.RECRUITER_SCREEN, Kind.FINAL),
    _ask("where", Topic.TERMS, "Where do you want to work: on site, from home, both?",
         "They check it against what the team does.", Kind.RECRUITER_SCREEN),
    _ask("other-talks", Topic.TERMS, "Where else are you interviewing, and how far are you?",
         "It tells them how fast to be.", Kind.RECRUITER_SCREEN, Kind.FINAL),
    _ask("permit", Topic.TERMS, "Do you need a permit to work here?",
         "A formality, asked early.", Kind.RECRUITER_SCREEN),
    _ask("ask-first-months", Topic.ASK_THEM, "What should have changed half a year after I start?",
         "Their answer is the job as it really is."),
    _ask("ask-hard", Topic.ASK_THEM, "What is hard about this position at the moment?",
         "It brings up what a posting leaves out.", *PEOPLE, *DEPTH),
    _ask("ask-team", Topic.ASK_THEM, "Who would I work with every day, and how long have they been here?",
         "People who stay are an answer too.", *FIRST, *DEPTH),
    _ask("ask-decide", Topic.ASK_THEM, "How was the last disagreement about what to build settled?",
         "It tells who decides, and how.", *PEOPLE, *DEPTH),
    _ask("ask-process", Topic.ASK_THEM, "Which steps follow, and when will I hear from you?",
         "So that you know when to follow up.", *FIRST, Kind.FINAL, Kind.TAKE_HOME),
    _ask("ask-you", Topic.ASK_THEM, "Why did you come to {company}, and why do you stay?",
         "People answer it honestly.", *PEOPLE),
    _ask("ask-doubt", Topic.ASK_THEM, "Is there anything about me that gives you doubts?",
         "You can still answer it while you are there.", *LATE),
)  # fmt: skip
"""Questions asked of anyone, whatever their occupation."""
