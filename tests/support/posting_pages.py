"""Pages with schema.org job postings."""

import json
from typing import Any

JOB = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "title": "Backend Engineer (m/f/d) &amp; more",
    "hiringOrganization": {"@type": "Organization", "name": "Halcyon"},
    "datePosted": "2026-11-01",
    "validThrough": "2026-12-01T23:59:59+01:00",
    "employmentType": "FULL_TIME",
    "jobLocation": {
        "@type": "Place",
        "address": {"@type": "PostalAddress", "addressLocality": "Berlin", "addressCountry": "DE"},
    },
    "baseSalary": {
        "@type": "MonetaryAmount",
        "currency": "EUR",
        "value": {"@type": "QuantitativeValue", "minValue": "65000", "maxValue": 75000, "unitText": "YEAR"},
    },
    "description": "&lt;p&gt;You build.&lt;/p&gt;&lt;ul&gt;&lt;li&gt;Python&lt;/li&gt;&lt;li&gt;SQL&lt;/li&gt;&lt;/ul&gt;",
}


def script(content: str) -> str:
    """Return a script element with JSON-LD."""
    return f'<script type="application/ld+json">{content}</script>'


def page(*jobs: Any, head: str = "", body: str = "") -> str:
    """Return a page with JSON-LD blocks."""
    blocks = "".join(script(json.dumps(job).replace("</", "<\\/")) for job in jobs)
    return f"<html><head>{head}{blocks}</head><body>{body}</body></html>"
