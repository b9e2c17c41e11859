"""The bank's questions per occupation, asked where the role or the posting names one of its words."""

from typing import NamedTuple

from tracker.services.preparation.question_bank import DEPTH, PEOPLE, BankQuestion
from tracker.shapes.enumerations import InterviewKind as Kind
from tracker.shapes.preparation import Topic


class Occupation(NamedTuple):
    """Words of a job title that name the occupation, and the tools that imply it in a posting."""

    titles: tuple[str, ...]
    tools: tuple[str, ...] = ()


SOFTWARE = Occupation(
    ("developer", "engineer", "software", "backend", "frontend", "full-stack", "programmer"),
    (
        "python",
        "java",
        "javascript",
        "typescript",
        "go",
        "rust",
        "c++",
        "c#",
        "ruby on rails",
        "php",
        "kotlin",
        "swift",
    ),
)
BACKEND = Occupation(
    ("backend", "full-stack", "platform", "api"), ("postgresql", "microservices", "distributed systems")
)
FRONTEND = Occupation(
    ("frontend", "full-stack", "web developer"), ("react", "vue", "angular", "css", "typescript")
)
DATA = Occupation(("data", "analytics", "bi"), ("etl", "spark", "airflow", "dbt"))
MACHINE_LEARNING = Occupation(
    ("machine learning", "data scientist", "ai", "research engineer"), ("pytorch", "tensorflow", "llm")
)
OPERATIONS = Occupation(
    ("devops", "sre", "site reliability", "platform", "infrastructure"), ("kubernetes", "terraform")
)
DESIGN = Occupation(("designer", "ux", "ui"), ("figma",))
PRODUCT = Occupation(("product manager", "product owner", "product lead"))
MANAGEMENT = Occupation(("lead", "head", "manager", "director", "principal", "staff"))
SALES = Occupation(("sales", "account executive", "business development"))
MARKETING = Occupation(("marketing", "seo", "content", "brand", "communications"))
SUPPORT = Occupation(("support", "customer success", "service desk", "helpdesk"))
FINANCE = Occupation(("finance", "accountant", "accounting", "controller", "auditor", "payroll"))
TEACHING = Occupation(("teacher", "trainer", "lecturer", "tutor"))
NURSING = Occupation(("nurse", "nursing", "clinical", "physician", "therapist", "midwife"))


def _of(trade: Occupation, key: str, topic: Topic, text: str, why: str, *kinds: Kind) -> BankQuestion:
    return BankQuestion(key, topic, text, why, kinds, *trade)


OCCUPATIONS = (
    _of(SOFTWARE, "code-review", Topic.TECHNICAL, "What do you look for when you review a change?",
        "It shows your bar without a whiteboard.", *DEPTH, Kind.HIRING_MANAGER),
    _of(SOFTWARE, "code-debug", Topic.TECHNICAL, "Take me through the hardest fault you found: how did you narrow it down?",
        "How you search says more than what you know.", *DEPTH),
    _of(SOFTWARE, "code-test", Topic.TECHNICAL, "What do you test, at which level, and what do you leave untested?",
        "Asked by teams that have been burnt.", *DEPTH),
    _of(SOFTWARE, "code-legacy", Topic.TECHNICAL, "How would you change code that nobody understands and everybody needs?",
        "Most code is like that.", *DEPTH),
    _of(SOFTWARE, "code-complexity", Topic.TECHNICAL, "Solve it the obvious way first; how does the cost grow with the input, and can it be better?",
        "Every coding round comes to it.", Kind.CODING, Kind.TECHNICAL),
    _of(SOFTWARE, "code-aloud", Topic.TECHNICAL, "Say aloud what you assume before you write a line: input, sizes, what may be missing.",
        "They grade the questions you ask as much as the code.", Kind.CODING),
    _of(SOFTWARE, "home-choices", Topic.TECHNICAL, "Why did you build it this way, and what would you do with another day?",
        "A take-home is always talked through.", Kind.TAKE_HOME, Kind.TECHNICAL),
    _of(BACKEND, "back-slow", Topic.TECHNICAL, "A query that was fast has become slow. What do you look at, in which order?",
        "Everyone who keeps data in a database has met it.", *DEPTH),
    _of(BACKEND, "back-transactions", Topic.TECHNICAL, "What can go wrong when two requests change the same row, and what do you do about it?",
        "It separates those who ran systems from those who wrote them.", *DEPTH),
    _of(BACKEND, "design-api", Topic.SYSTEM_DESIGN, "Design an interface that other teams will build on for years: how do you change it later?",
        "Asked where one system serves many.", Kind.SYSTEM_DESIGN, Kind.ONSITE),
    _of(SOFTWARE, "design-scale", Topic.SYSTEM_DESIGN, "Design a service like one of {company}'s: what breaks first when ten times as many people use it?",
        "The usual system design talk, on their own ground.", Kind.SYSTEM_DESIGN),
    _of(SOFTWARE, "design-fail", Topic.SYSTEM_DESIGN, "Which part may be down without anyone noticing, and how do you make that so?",
        "It is the second half of every design talk.", Kind.SYSTEM_DESIGN, Kind.ONSITE),
    _of(SOFTWARE, "design-store", Topic.SYSTEM_DESIGN, "Where does each piece of data live, who may change it, and how long is a stale one acceptable?",
        "Designs are judged by their data.", Kind.SYSTEM_DESIGN),
    _of(FRONTEND, "front-fast", Topic.TECHNICAL, "A page feels slow. How do you find out why, and what do you do first?",
        "It is measured, so they ask.", *DEPTH),
    _of(FRONTEND, "front-access", Topic.TECHNICAL, "How do you make sure that people without a mouse, or without sight, can use it?",
        "A law in more and more countries.", *DEPTH),
    _of(FRONTEND, "front-state", Topic.TECHNICAL, "Where do you keep state in an interface, and what did you learn the hard way about it?",
        "Every interface has it.", *DEPTH),
    _of(DATA, "data-quality", Topic.TECHNICAL, "How do you notice that figures are wrong before others do?",
        "Wrong figures cost more than late ones.", *DEPTH, Kind.HIRING_MANAGER),
    _of(DATA, "data-model", Topic.SYSTEM_DESIGN, "How would you lay out tables so that last year's question can still be answered?",
        "It is the craft of the trade.", Kind.SYSTEM_DESIGN, *DEPTH),
    _of(MACHINE_LEARNING, "learn-baseline", Topic.TECHNICAL, "What simple method did you beat, and by how much, on which data?",
        "Without a baseline no result means anything.", *DEPTH),
    _of(MACHINE_LEARNING, "learn-drift", Topic.TECHNICAL, "How do you notice that a model in use has become worse?",
        "The part after the notebook.", *DEPTH),
    _of(OPERATIONS, "run-incident", Topic.TECHNICAL, "Tell me about an outage you handled: first minutes, cause, what changed afterwards.",
        "Everyone who runs systems is asked for one.", *DEPTH, *PEOPLE),
    _of(OPERATIONS, "run-deploy", Topic.TECHNICAL, "How does a change get to production where you work, and how does it get back?",
        "It shows what you are used to.", *DEPTH),
    _of(DESIGN, "design-portfolio", Topic.TECHNICAL, "Take me through one piece of work: the problem, what you dropped, how you knew it worked.",
        "A portfolio is always talked through.", *DEPTH, *PEOPLE),
    _of(DESIGN, "design-critique", Topic.TECHNICAL, "Pick a product you use every day: what would you change, and what would it cost?",
        "A favourite of design rounds.", *DEPTH),
    _of(PRODUCT, "plan-no", Topic.TECHNICAL, "What did you decide not to build, and who was disappointed?",
        "Product work is mostly that.", *DEPTH, *PEOPLE),
    _of(PRODUCT, "plan-metric", Topic.TECHNICAL, "How would you know in three months that it was worth building?",
        "Every product round comes to it.", *DEPTH, *PEOPLE),
    _of(MANAGEMENT, "lead-low", Topic.LEADING, "Tell me about someone who didn't do well in your team. What did you do?",
        "The first thing anyone asks of who leads.", *PEOPLE),
    _of(MANAGEMENT, "lead-hire", Topic.LEADING, "Which of your hires turned out well, and which didn't?",
        "It shows what you look for.", *PEOPLE),
    _of(MANAGEMENT, "lead-direction", Topic.LEADING, "How do you get people to agree on a direction who don't report to you?",
        "Seniority is mostly that.", *PEOPLE),
    _of(SALES, "sell-lost", Topic.TECHNICAL, "Which deal did you lose, and when could you have known?",
        "They hear many stories of deals that were won.", *DEPTH, *PEOPLE),
    _of(SALES, "sell-number", Topic.TECHNICAL, "What was your target, what did you reach, and what was your part in it?",
        "Bring the figures: they will be asked for.", *DEPTH, *PEOPLE),
    _of(MARKETING, "tell-result", Topic.TECHNICAL, "Which campaign would you run again, and what did it bring in?",
        "Figures beat adjectives.", *DEPTH, *PEOPLE),
    _of(SUPPORT, "help-angry", Topic.TECHNICAL, "Tell me about someone who was angry with good reason.",
        "It is the work itself.", *DEPTH, *PEOPLE, Kind.RECRUITER_SCREEN),
    _of(FINANCE, "count-close", Topic.TECHNICAL, "How does a month end where you work, and what did you make quicker?",
        "It shows how close to the books you were.", *DEPTH, *PEOPLE),
    _of(TEACHING, "teach-mixed", Topic.TECHNICAL, "How do you teach a group in which half know it already?",
        "Every group is like that.", *DEPTH, *PEOPLE),
    _of(NURSING, "care-wrong", Topic.TECHNICAL, "Tell me about a time when something nearly went wrong with a patient.",
        "Asked to hear whether you speak up.", *DEPTH, *PEOPLE),
    _of(SOFTWARE, "ask-deploys", Topic.ASK_THEM, "How long does it take from a finished change to its users, and what is in the way?",
        "The answer tells how they work.", *DEPTH, Kind.SYSTEM_DESIGN),
    _of(OPERATIONS, "ask-call", Topic.ASK_THEM, "Who is on call, how often, and what woke people last month?",
        "Better known before than after.", *DEPTH, Kind.HIRING_MANAGER),
)  # fmt: skip
"""Questions of particular occupations."""
