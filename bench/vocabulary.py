"""Words from which the benchmark's data set is made, the same in every run."""

from random import Random

FIRST = (
    "North Blue Silver Bright Quiet Open River Stone Amber Green Iron Clear Red Swift Golden Copper Maple Cedar "
    "Lunar Solar Arctic Coral Velvet Granite Harbor Summit Prairie Willow Falcon Otter Raven Heron Lynx Badger "
    "Nimbus Vector Quantum Atlas Orbit Beacon Cobalt Ember"
).split()
SECOND = (
    "Analytics Robotics Health Labs Systems Bank Energy Foods Media Logistics Software Networks Motors Mobility "
    "Insurance Games Studio Works Materials Biotech Security Payments Travel Housing Learning Music Aerospace "
    "Textiles Water Farms Chemicals Optics Semiconductors Retail Cloud Research Partners Instruments Press Tools"
).split()
LEVELS = ("", "Senior ", "Staff ", "Principal ", "Junior ", "Lead ")
ROLES = (
    "Software Engineer|Backend Engineer|Frontend Engineer|Data Scientist|Data Engineer|Product Manager|Product Designer|"
    "Site Reliability Engineer|Machine Learning Engineer|Security Engineer|Mobile Developer|Solutions Architect|"
    "Technical Writer|Engineering Manager|Database Administrator|Research Scientist|Support Engineer|UX Researcher"
).split("|")
PLACES = (
    "Berlin|Zürich|Paris|London|Kraków|København|Madrid|Lisboa|Dublin|Amsterdam|New York|San Francisco|Toronto|Austin|"
    "Remote, Europe|Remote, US|Wien|Praha|Stockholm|Oslo"
).split("|")
SOURCES = (
    "LinkedIn",
    "Company site",
    "Referral",
    "Indeed",
    "Hacker News",
    "Recruiter",
    "Meetup",
    "Glassdoor",
)
TAGS = (
    "dream",
    "python",
    "remote-first",
    "climate",
    "startup",
    "visa",
    "referral",
    "big-company",
    "backup",
    "4-day",
)
RARE = "zymurgy"
"""A word that only a handful of the user's postings contain."""

_POSTING = (
    "we you our the a team teams product products customers build building design services systems data platform "
    "quality reliable scalable code review reviews tests testing deploy production monitoring incidents on-call with "
    "and for to of in across from experience years python typescript postgresql kubernetes terraform aws react "
    "golang java rust machine learning statistics communication written clear ownership autonomy mentoring growth "
    "benefits salary equity pension holidays remote hybrid office flexible hours parental leave budget conferences "
    "equal opportunity employer background diversity inclusion apply portfolio cover letter interview process "
    "engineering managers designers stakeholders roadmap quarterly goals impact mission company founded investors "
    "market leading international offices collaboration agile shipping small iterations users feedback research"
).split()


def companies() -> list[str]:
    """Return all company names."""
    return [f"{first} {second}" for first in FIRST for second in SECOND]


def roles() -> list[str]:
    """Return all roles."""
    return [f"{level}{role}" for role in ROLES for level in LEVELS]


def posting(random: Random, characters: int, extra: str = "") -> str:
    """Return a posting of about so many characters, in paragraphs."""
    paragraphs, length = [], 0
    while length < characters:
        sentence_words = random.choices(_POSTING, k=random.randint(40, 90))
        paragraph = " ".join(sentence_words).capitalize() + "."
        paragraphs.append(paragraph)
        length += len(paragraph) + 2
    if extra:
        paragraphs.append(f"Some {extra} is a plus.")
    return "\n\n".join(paragraphs)
