"""Files to import, as people and other programs make them."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from xlsxwriter import Workbook

LINKEDIN_APPLICATIONS = (
    "Application Date,Contact Email,Contact Phone Number,Company Name,Job Title,Job Url,Resume Name,Question And Answers\n"
    '"11/20/24, 8:15 AM",ada@example.com,+15555550100,"Acme, Inc.",Backend Engineer,'
    "http://www.linkedin.com/jobs/view/4077276177,cv.pdf,What is your expected salary?:14\n"
    '"3/4/25, 4:11 PM",,,Globex,Data Engineer,http://www.linkedin.com/jobs/view/2,,\n'
)
LINKEDIN_SAVED = (
    "Saved Date,Job Url,Job Title,Company Name\n"
    '"9/1/26, 9:00 AM",https://www.linkedin.com/jobs/view/77,Product Engineer,Northwind\n'
)
LINKEDIN_CONNECTIONS = (
    "Notes:\n"
    '"When exporting your connection data, you may notice that some of the email addresses are missing."\n'
    "\n"
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Ann,Lee,https://www.linkedin.com/in/annlee,ann@acme.example,Acme,Recruiter,05 Mar 2024\n"
    "Jo,Park,https://www.linkedin.com/in/jopark,,Globex,CTO,17 Jan 2023\n"
)
AMBIGUOUS = (
    "Firma;Rolle;Beworben am;Stand;Gehalt\n"
    "Müller GmbH;Ärztin;03.04.2026;Beworben;65.000 €\n"
    "Kestrel;Entwickler;3/4/2026;Applied;\n"
    "Brightwater;Analyst;5/6/2026;Rejected;\n"
    "Papermill;Designer;7/8/2026;Interview;\n"
)


def archive(files: dict[str, str | bytes]) -> bytes:
    """Return a ZIP archive of these files by name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in files.items():
            target.writestr(name, content)
    return buffer.getvalue()


def linkedin_archive() -> bytes:
    """Return LinkedIn's export: applications, saved jobs, connections and files about the rest."""
    return archive(
        {
            "Jobs/Job Applications.csv": LINKEDIN_APPLICATIONS,
            "Jobs/Saved Jobs.csv": LINKEDIN_SAVED,
            "Connections.csv": LINKEDIN_CONNECTIONS,
            "Profile.csv": "First Name,Last Name\nAda,L\n",
            "messages.csv": "CONVERSATION ID,FROM\n1,Ann\n",
        }
    )


def workbook(rows: Sequence[Sequence[Any]], **sheets: Sequence[Sequence[Any]]) -> bytes:
    """Return an XLSX file with these rows, and with further sheets by name."""
    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for name, table in {"Jobs": rows, **sheets}.items():
            sheet = book.add_worksheet(name)
            for place, row in enumerate(table):
                for column, value in enumerate(row):
                    kind = moment if isinstance(value, datetime) else day if isinstance(value, date) else None
                    sheet.write(place, column, value, kind)
    return buffer.getvalue()


def far_cell() -> bytes:
    """Return an XLSX file of 5 KB with cells A1 and XFD1048576."""
    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "Company")
        sheet.write(1_048_575, 16_383, "x")
    return buffer.getvalue()


def bomb(name: str = "Jobs/Job Applications.csv", megabytes: int = 300) -> bytes:
    """Return an archive of some hundred kilobytes that unpacks to hundreds of megabytes."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
        target.open(name, "w", force_zip64=True) as part,
    ):
        for _ in range(megabytes):
            part.write(b"a" * 1024 * 1024)
    return buffer.getvalue()
