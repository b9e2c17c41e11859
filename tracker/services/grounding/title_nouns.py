"""Nouns that job titles are made of."""

from tracker.services.matching.stems import word_list

TITLE_NOUNS = word_list(
    """engineer developer programmer architect manager director officer nurse midwife matron sister doctor
    physician accountant auditor analyst scientist designer teacher lecturer tutor professor consultant
    partner recruiter electrician plumber supervisor foreman assistant agent specialist executive chef
    cook waiter waitress barista bartender lead head principal deputy president founder co-founder owner
    coordinator administrator technician researcher writer editor journalist marketer strategist planner
    buyer driver operator picker clerk secretary receptionist lawyer solicitor paralegal pharmacist
    physiotherapist therapist carer mechanic welder carpenter joiner builder ceo cto cfo coo cmo intern
    apprentice trainee instructor coach trainer salesperson representative bookkeeper controller
    treasurer banker broker underwriter actuary economist statistician librarian translator interpreter
    photographer illustrator animator surveyor inspector paramedic dentist psychologist psychiatrist
    counsellor surgeon vet veterinarian scrum-master editor-in-chief"""
)
