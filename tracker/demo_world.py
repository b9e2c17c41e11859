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
