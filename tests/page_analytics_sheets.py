"""Writes workbooks as LinkedIn does: the same sheets, as .xlsx or as .xls."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import xlwt

Sheets = dict[str, Sequence[Sequence[object]]]

METRICS = [
    "Date",
    *(
        f"{name} ({scope})"
        for name, scopes in (
            ("Impressions", ("organic", "sponsored", "total")),
            ("Unique impressions", ("organic",)),
            ("Clicks", ("organic", "sponsored", "total")),
            ("Reactions", ("organic", "sponsored", "total")),
            ("Comments", ("organic", "sponsored", "total")),
            ("Reposts", ("organic", "sponsored", "total")),
            ("Engagement rate", ("organic", "sponsored", "total")),
        )
        for scope in scopes
    ),
]
POSTS = (
    "Post title,Post link,Post type,Campaign name,Posted by,Created date,Campaign start date,Campaign end date,"
    "Audience,Impressions,Views,Offsite Views,Clicks,Click through rate (CTR),Likes,Comments,Reposts,Follows,"
    "Engagement rate,Content Type"
).split(",")
POST = "https://www.linkedin.com/feed/update/urn:li:activity:7434153020620800077"
DESCRIPTION = "Aggregated engagement metrics for your organic and sponsored posts. Data is in UTC." + " More." * 60

CONTENT: Sheets = {
    "Metrics": [
        [DESCRIPTION],
        METRICS,
        ["03/01/2026", 100, 20, 120, 80, 5, 0, 5, -1, 2, 1, 0, 0, 0, 1, 0, 1, 0.05, 0.1, 0.06],
        ["03/02/2026", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    ],
    "All posts": [
        ["Organic and sponsored metrics for each post"],
        POSTS,
        [
            *("Nous recrutons", POST, "Organic", "", "Ana", "03/02/2026", "", "", "All followers"),
            *(1500, "", "", 40, 0.0267, 84, 6, 11, 3, 0.09, "Article"),
        ],
    ],
}
FOLLOWERS: Sheets = {
    "New followers": [
        ["Date", "Sponsored followers", "Organic followers", "Auto-invited followers", "Total followers"],
        ["03/01/2026", 0, 4, 1, 5],
        ["03/02/2026", 0, 0, 0, 0],
    ],
    "Location": [["Location", "Total followers"], ["Lille, France", 812], ["Bruxelles, Belgique", 40]],
    "Company size": [["Company size", "Total followers"], ["11-50", 300]],
}
VISITORS: Sheets = {
    "Visitor metrics": [
        ["Date"]
        + [
            f"{place} {what} ({device})"
            for place in ("Overview", "Life", "Jobs", "Total")
            for what in ("page views", "unique visitors")
            for device in ("desktop", "mobile", "total")
        ],
        ["03/01/2026", *range(24)],
    ]
}
COMPETITORS: Sheets = {
    "COMPETITORS": [
        ["2/1/2026 - 3/1/2026"],
        ["Page", "Total Followers", "New Followers", "Total post engagements", "Total posts"],
        ["Cycles Dumont", 15200, 120, 900, 12],
        ["Vélos & Fils", 9000, -3, 100, 4],
    ]
}
TOP = [f"https://www.linkedin.com/posts/ana-riviere_titre-activity-743415302062080007{n}-Ab1c" for n in range(3)]
CREATOR: Sheets = {
    "DISCOVERY": [
        ["Overall Performance", "3/1/2025 - 2/28/2026"],
        ["Impressions", "65,300"],
        ["Members reached", "21043"],
    ],
    "ENGAGEMENT": [["Date", "Impressions", "Engagements"], ["2/27/2026", "653", "12"], ["2/28/2026", "0", "0"]],
    "TOP POSTS": [
        ["Maximum of 50 posts available to include in this list"],
        [],
        ["Post URL", "Post publish date", "Engagements", "", "Post URL", "Post publish date", "Impressions"],
        [TOP[0], "2/2/2026", "120", "", TOP[1], "2/3/2026", "9000"],
        [TOP[2], "2/4/2026", "80", "", TOP[0], "2/2/2026", "4000"],
    ],
    "FOLLOWERS": [
        ["Total followers on 2/28/2026:", "3,412"],
        [],
        ["Date", "New followers"],
        ["2/27/2026", "4"],
        ["2/28/2026", "0"],
    ],
    "DEMOGRAPHICS": [
        ["Top Demographics", "Value", "Percentage"],
        ["Job titles", "Founder", "4%"],
        ["Company", "Acme", "< 1%"],
    ],
}


def write(path: Path, sheets: Sheets) -> Path:
    """Writes a workbook; its suffix tells which kind."""
    if path.suffix == ".xls":
        old = xlwt.Workbook()
        for name, rows in sheets.items():
            sheet = old.add_sheet(name)
            for i, row in enumerate(rows):
                for j, cell in enumerate(row):
                    sheet.write(i, j, cell)
        old.save(str(path))
        return path
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path
