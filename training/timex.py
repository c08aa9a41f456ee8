"""How well time words are resolved: timex.py SHARED, on the dates of TempEval-3's training corpora (TimeBank, AQUAINT).

Of each TIMEX3 of type DATE whose value is a day, week, month, quarter or year, the words and the day of the document go to
the example `dates`; right is what names the same first and last day. Prints coverage and accuracy by kind of value.
"""
import calendar
import collections
import datetime
import re
import subprocess
import sys
from pathlib import Path


def interval(value):
    """First and last day of a TIMEX3 value, for the kinds that are asked."""
    day = datetime.date
    if m := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value):
        one = day(*map(int, m.groups()))
        return "day", one, one
    if m := re.fullmatch(r"(\d{4})-W(\d\d)", value):
        monday = day.fromisocalendar(int(m[1]), int(m[2]), 1)
        return "week", monday, monday + datetime.timedelta(6)
    if m := re.fullmatch(r"(\d{4})-(\d\d)", value):
        year, month = int(m[1]), int(m[2])
        return "month", day(year, month, 1), day(year, month, calendar.monthrange(year, month)[1])
    if m := re.fullmatch(r"(\d{4})-Q(\d)", value):
        year, month = int(m[1]), int(m[2]) * 3
        return "quarter", day(year, month - 2, 1), day(year, month, calendar.monthrange(year, month)[1])
    if m := re.fullmatch(r"(\d{4})", value):
        return "year", day(int(m[1]), 1, 1), day(int(m[1]), 12, 31)
    return None


def main():
    shared, root = Path(sys.argv[1]), Path(__file__).resolve().parents[1]
    rows = []
    for path in sorted((shared / "data/tempeval3/data/TBAQ-cleaned").glob("*/*.tml")):
        text = path.read_text(encoding="utf-8")
        found = [(dict(re.findall(r'(\w+)="([^"]*)"', m[1])), " ".join(m[2].split()))
                 for m in re.finditer(r"<TIMEX3 ([^>]*)>(.*?)</TIMEX3>", text, re.S)]
        made = next((a["value"] for a, _ in found if a.get("functionInDocument") == "CREATION_TIME"), "")[:10]
        for attributes, words in found:
            wanted = interval(attributes.get("value", ""))
            if attributes.get("type") == "DATE" and wanted and attributes.get("functionInDocument") != "CREATION_TIME":
                # *Early* and *late* are no part of a value: TimeML keeps them in an attribute of their own.
                rows.append((made, re.sub(r"^(early|mid|late)[ -]", "", words), wanted))
    program = root / "target/release/examples/dates"
    lines = "".join(f"{made}\t{words}\n" for made, words, _ in rows)
    said = subprocess.run([program], input=lines, capture_output=True, text=True, check=True).stdout.splitlines()
    table = collections.defaultdict(lambda: [0, 0, 0])
    for (made, words, (kind, first, last)), answer in zip(rows, said):
        for key in (kind, "all"):
            table[key][0] += 1
            table[key][1] += bool(answer)
            table[key][2] += answer == f"{first}\t{last}"
        if "--errors" in sys.argv and answer != f"{first}\t{last}":
            print(f"{made} | {words} | {first} {last} | {answer}")
    for kind in ("day", "week", "month", "quarter", "year", "all"):
        n, resolved, right = table[kind]
        print(f"{kind:8} {n:5} named  resolved {resolved / n:.3f}  right {right / n:.3f}  right of the resolved {right / max(resolved, 1):.3f}")


if __name__ == "__main__":
    main()
