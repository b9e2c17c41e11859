"""The names and texts of the demo world; every company is made up."""

EMPLOYERS = (
    ("Nordlicht Systems", "Hamburg", "DE", "EUR", "68000"),
    ("Brightwater", "London", "GB", "GBP", "62000"),
    ("Kestrel Labs", "Berlin", "DE", "EUR", "74000"),
    ("Ostrava Robotics", "Ostrava", "CZ", "EUR", "52000"),
    ("Papermill", "Amsterdam", "NL", "EUR", "72000"),
    ("Quillon", "Zürich", "CH", "CHF", "118000"),
    ("Tidepool Health", "Copenhagen", "DK", "EUR", "70000"),
    ("Verdant Grid", "Lisbon", "PT", "EUR", "48000"),
    ("Hollow Oak", "Dublin", "IE", "EUR", "71000"),
    ("Mistral Freight", "Lyon", "FR", "EUR", "55000"),
    ("Lumen & Sons", "Manchester", "GB", "GBP", "54000"),
    ("Fjordbank", "Oslo", "NO", "EUR", "76000"),
    ("Sable Analytics", "Remote", "DE", "EUR", "70000"),
    ("Copper Kettle", "Edinburgh", "GB", "GBP", "52000"),
    ("Aster Mobility", "Munich", "DE", "EUR", "78000"),
    ("Pinecone Data", "Stockholm", "SE", "EUR", "69000"),
    ("Ripple Water", "Ghent", "BE", "EUR", "58000"),
    ("Café Zürich AG", "Zürich", "CH", "CHF", "98000"),
    ("Morrow", "Vienna", "AT", "EUR", "60000"),
    ("Halcyon Maps", "Tallinn", "EE", "EUR", "54000"),
    ("Bramble", "Bristol", "GB", "GBP", "56000"),
    ("Olive & Ink", "Barcelona", "ES", "EUR", "50000"),
    ("Stonebridge", "Cologne", "DE", "EUR", "66000"),
    ("Tern", "Remote", "GB", "GBP", "65000"),
)
ROLES = (
    "Backend engineer",
    "Senior backend engineer",
    "Platform engineer",
    "Python developer",
    "Data engineer",
    "Full-stack engineer",
    "Software engineer, payments",
    "Site reliability engineer",
    "Senior software engineer",
    "Engineering lead",
)
SOURCES = (
    "LinkedIn",
    "LinkedIn",
    "Company site",
    "Company site",
    "Referral",
    "Indeed",
    "Newsletter",
    "Recruiter",
)
TAGS = ("python", "go", "postgres", "kubernetes", "fintech", "climate", "startup", "4-day week", "visa")
NOTES = (
    "",
    "",
    "Their engineering blog is good: read the post on **queues** before the call.",
    "Recruiter says the team is *six people*. Ask about on-call.",
    "- Asked for salary expectations early\n- Process has four rounds\n- Decision within two weeks",
    "Found through a friend of Mira. She worked there for three years and liked it.",
)
POSTING = """{company} is looking for an engineer to join our team in {city}.

What you will do
- Build and run services in Python on PostgreSQL
- Own a part of the product from the first sketch to the alert at night
- Work with designers and people from support every week

What we ask
- Three years or more with Python or a language like it
- You know your way around SQL
- Clear writing in English

What we offer
- 28 days of holiday, and a budget for learning
- Remote work up to three days a week
"""
_CALL = "https://meet.example.com/"
_BERLIN, _LONDON, _NEW_YORK = "Europe/Berlin", "Europe/London", "America/New_York"
INTERVIEWS: tuple[dict[str, str], ...] = (
    {
        "stage": "interviewing", "days": "-24", "time": "10:00", "zone": _BERLIN, "minutes": "30",
        "kind": "recruiter_screen", "place": _CALL + "tyv-1", "interviewers": "Lena Brandt", "rating": "4",
        "debrief": "Friendly, well prepared. She asked about **notice period** and salary; I said 78–84.\n\n"
        "Next: a call with the team lead.",
    },
    {
        "stage": "interviewing", "days": "-17", "time": "14:30", "zone": _LONDON, "minutes": "60",
        "kind": "hiring_manager", "place": _CALL + "osk-7", "interviewers": "Tom Ashworth", "rating": "3",
        "debrief": "Went too deep into the old billing system. Keep the story to two minutes.",
    },
    {
        "stage": "interviewing", "days": "-10", "time": "16:00", "zone": _BERLIN, "minutes": "90",
        "kind": "coding", "place": _CALL + "pair-22", "interviewers": "Yuki Tanaka, Ole Friis", "rating": "5",
        "debrief": "- Paired on a rate limiter, finished with tests\n- They liked that I asked about clocks\n"
        "- Ole hinted at a final round on site",
    },
    {
        "stage": "screening", "days": "-6", "time": "11:15", "zone": _BERLIN, "minutes": "30",
        "kind": "recruiter_screen", "place": "Phone", "interviewers": "Priya Nair", "rating": "2",
        "debrief": "Fully on-site after all, three days were a misprint. Ask before going on.",
    },
    {
        "stage": "interviewing", "days": "-3", "time": "13:00", "zone": _BERLIN, "minutes": "60",
        "kind": "technical", "place": _CALL + "gul-4", "interviewers": "Marta Kowalska",
    },
    {
        "stage": "screening", "days": "1", "time": "09:30", "zone": _BERLIN, "minutes": "30",
        "kind": "recruiter_screen", "place": _CALL + "hcz-9", "interviewers": "Jonas Weber",
        "preparation": "- Why this company\n- Earliest start: 1 February\n- Ask about the team's size",
    },
    {
        "stage": "interviewing", "days": "2", "time": "10:00", "zone": _NEW_YORK, "minutes": "60",
        "kind": "system_design", "place": _CALL + "nyc-3", "interviewers": "Dana Whitfield",
        "preparation": "Practise out loud:\n\n1. a queue that survives its database\n2. a calendar in many time zones",
    },
    {
        "stage": "interviewing", "days": "2", "time": "14:00", "zone": _LONDON, "minutes": "45",
        "kind": "behavioural", "place": _CALL + "lon-8", "interviewers": "Tom Ashworth, Ruth Adeyemi",
    },
    {
        "stage": "interviewing", "days": "6", "time": "13:00", "zone": _BERLIN, "minutes": "180",
        "kind": "onsite", "place": "Lindenstraße 14, 2nd floor", "interviewers": "The team",
        "preparation": "Train at 9:12 from platform 3. Ask for **Yuki** at the desk.",
    },
    {
        "stage": "offer", "days": "9", "time": "17:00", "zone": _BERLIN, "minutes": "30",
        "kind": "final", "place": _CALL + "cto-1", "interviewers": "Claire Moreau",
    },
)  # fmt: skip
PEOPLE = (
    ("Lena Brandt", "Recruiter", "Kestrel Labs", "lena@kestrel.example.com", "interviewing", "Answers within the hour."),
    ("Tom Ashworth", "Engineering manager", "Brightwater", "tom.ashworth@brightwater.example.com", "interviewing", ""),
    ("Yuki Tanaka", "Staff engineer", "Aster Mobility", "yuki@aster.example.com", "interviewing", "Wrote the post on *queues*."),
    ("Ole Friis", "Senior engineer", "Aster Mobility", "ole@aster.example.com", "interviewing", ""),
    ("Priya Nair", "Recruiter", "Hollow Oak", "priya.nair@hollowoak.example.com", "screening", ""),
    ("Marta Kowalska", "Principal engineer", "Tern", "marta@tern.example.com", "interviewing", ""),
    ("Jonas Weber", "Recruiter", "Stonebridge", "j.weber@stonebridge.example.com", "screening", "Prefers the phone, after four."),
    ("Dana Whitfield", "Architect", "Papermill", "dana@papermill.example.com", "interviewing", ""),
    ("Ruth Adeyemi", "People partner", "Brightwater", "ruth@brightwater.example.com", "interviewing", ""),
    ("Claire Moreau", "CTO", "Mistral Freight", "claire@mistral.example.com", "offer", "Met at the meetup in *Lyon*."),
    ("Mira Solberg", "Friend", "Fjordbank", "mira.solberg@mail.example.com", "screening", "Worked there for three years; offered a referral."),
    ("Zoë Lindqvist", "Recruiter", "Independent", "zoe@talent.example.com", "screening", "Has two more roles in mind."),
)  # fmt: skip
