"""What the fields of an application are called, in the order of the form."""

FIELD_LABELS = {
    "company": "Company",
    "role": "Role",
    "location": "Location",
    "country": "Country",
    "workplace": "Workplace",
    "employment": "Employment",
    "salary_from": "Salary from",
    "salary_to": "Salary to",
    "currency": "Currency",
    "salary_period": "Salary per",
    "posting_url": "Posting address",
    "posting_text": "Posting text",
    "source": "Source",
    "excitement": "Excitement",
    "tags": "Tags",
    "deadline": "Deadline",
    "applied_on": "Applied on",
    "follow_up_on": "Follow-up date",
    "notes": "Notes",
}
