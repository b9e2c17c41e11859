"""Resumes of people who don't exist, in the layouts that people use."""

PLAIN = """
Nora Feldmann
Senior Backend Engineer
Berlin, Germany | nora@example.com | +49 30 123456 | linkedin.com/in/nora

SUMMARY
Backend engineer with ten years in payments. Likes boring technology.

EXPERIENCE
Senior Backend Engineer, Kestrel Labs, Berlin                      Mar 2021 – Present
• Moved 40 services from Python 2 to Python 3 without downtime
• Cut the AWS bill by 38 % by right-sizing PostgreSQL
Backend Engineer, Brightwater GmbH, Hamburg                        Jan 2017 – Feb 2021
• Built the ledger that books 2 million payments a day
• Led a team of four

EDUCATION
MSc Computer Science, University of Hamburg, 2014 – 2016

SKILLS
Languages: Python, Go, SQL
Infrastructure: Kubernetes, Terraform, AWS

LANGUAGES
German (native), English (C1)
"""

COMPANY_FIRST = """
TOM ASHWORTH
tom@example.com

PROFESSIONAL EXPERIENCE

Northwind Traders Ltd                                   London, UK
Operations Manager                              June 2018 - Present
- Ran a warehouse of 60 people across two shifts
- Brought late deliveries from 9 % to 2 %, measured over
  a full year and audited by the finance team

Contoso Corp                                        Leeds, UK
Assistant Manager                            April 2014 - May 2018
- Hired and trained 25 seasonal staff

EDUCATION
University of Leeds
BA Business Management                                2011 - 2014
"""

LINKEDIN = """
Contact
maria@example.com
www.linkedin.com/in/maria-lopez (LinkedIn)
Top Skills
Figma
User Research
Prototyping
Languages
Spanish (Native or Bilingual)
English (Full Professional)
Maria Lopez
Product Designer at Lumen
Madrid, Spain
Summary
I design tools for people who do not like tools.
Experience
Lumen
Senior Product Designer
January 2020 - Present (3 years 2 months)
Madrid, Spain
Redesigned the checkout and raised conversion by 12 %.
Acme Studio
UX Designer
March 2016 - December 2019 (3 years 10 months)
Barcelona, Spain
Ran 120 interviews with users.
Education
Universidad Complutense de Madrid
Bachelor's degree, Fine Arts · (2010 - 2014)
"""

MARKDOWN = """
# Priya Raman

*Data scientist*

## Experience

### Data Scientist — Helios Energy
*2019 – 2023, Oslo*

- **Forecast** demand with PyTorch, error down 20 %
- Wrote the `pandas` pipeline

### Data Analyst — Fjord Bank
*2016 – 2019*

- Built 30 Tableau dashboards

## Projects

### windfall
- An open library for wind data, 900 stars

## Education

- MSc Statistics, University of Oslo, 2014 – 2016
"""

SEVERAL_ROLES = """
Kwame Mensah

Employment History

Globex Corporation
Engineering Manager   2021 – Present
• Grew the team from 3 to 11
Senior Software Engineer   2018 – 2021
• Rewrote the scheduler in Go
Software Engineer   2015 – 2018
• First hire of the office

Education
BSc Computer Science, University of Ghana   2015
"""

DATES_FIRST = """
Lena Brandt
Projektleiterin

Berufserfahrung

03/2019 – heute    Projektleiterin, Stadtwerke GmbH, Leipzig
- Führt ein Budget von 4 Mio. Euro
- Hat drei Umspannwerke gebaut
09/2014 – 02/2019  Ingenieurin, Elektro AG, Dresden
- Plante Netze für 12 Gemeinden

Ausbildung
2009 – 2014  Diplom Elektrotechnik, Technische Universität Dresden

Sprachen
Deutsch, Englisch, Polnisch
"""

NO_BULLETS = """
Grace Okafor, RN
grace@example.com

Clinical Experience

Staff Nurse
St Mary's Hospital, Dublin
Sept 2017 to present
Cares for up to six patients on a cardiac ward.
Trains new nurses in telemetry, two each quarter.

Healthcare Assistant
Rosewood Clinic
2015 to 2017
Helped residents with daily life.

Certifications
Advanced Cardiac Life Support, 2022
Basic Life Support, 2023
"""

WRAPPED = """
Ivan Petrov
ivan@example.com
WORK HISTORY
DevOps Engineer at Zephyr Systems (2020-2023)
* Introduced Terraform and Ansible for 300 machines in three data centres, which took the time that a new
environment needs from two weeks to forty minutes
* Ran the on-call rota of eight people and wrote the runbooks that everyone in the company still uses when
something breaks at night
Systems Administrator at Old Mill Hosting (2016-2020)
* Looked after 120 Linux servers
"""

SPACED = """
J U L I A   S T E I N

E X P E R I E N C E

Teacher | Hilltop School | 2012 – 2020
•Taught physics to 14 classes
•Started the robotics club
Head of Science | Riverside Academy | since 2020
•Leads nine teachers

V O L U N T E E R I N G

Mentor | Code Club | 2018 – 2019
•Weekly sessions for 20 children
"""

UNDATED = """
Sam Rivera
Marketing manager

Experience

Marketing Manager, Tidewater Coffee
- Grew the newsletter to 80,000 readers
- Ran SEO and Google Analytics

Copywriter, Ink & Co
- Wrote for 14 brands

Key skills
SEO, copywriting, Google Analytics, HubSpot
"""

BARE = """
Worked at the harbour from 2010, drove cranes and trained others.

Crane Operator, Port of Rotterdam, 2010 - 2022
- Moved 30 containers an hour
- No accident in 12 years
"""

FRENCH = """
Amélie Laurent
Développeuse web

Expérience professionnelle

Développeuse web, Atelier Numérique SARL, Lyon, janvier 2019 – aujourd'hui
• Refonte du site en Django, 2 fois plus rapide
Stagiaire, Mairie de Lyon, juin 2018 – décembre 2018
• Accessibilité de 40 pages

Formation
Licence Informatique, Université Lyon 1, 2015 – 2018

Langues
Français, Anglais (B2)
"""

TWO_DATES_STYLES = """
Ola Nilsson
ola@example.com · Oslo

Work Experience

Chef de Partie — Restaurant Fjell
Feb. 2019 – Sept. '21
- Cooked 90 covers a night

Kitchen Assistant — Café Sol
2017–19
- Prepared and cleaned

Education
Culinary Diploma, Oslo Cooking School — 2017
"""

EVERY = {
    name.lower(): text for name, text in list(globals().items()) if name.isupper() and isinstance(text, str)
}
