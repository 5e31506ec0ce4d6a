#!/usr/bin/env python3
"""Send the rows of a CSV file to a Touchstone workspace, one startup a row.

Rows go through `createStartup`, many in a request. A row that is known already (by its id in the source, its domain
or its name) is told as TAKEN and counted, so the same file may be sent again and again. See README.md beside this file.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done, with rows that were refused.
"""

import argparse
import ast
import csv
import datetime
import hashlib
import io
import json
import os
import re
import sys
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field

from gql import Client, GraphQLRequest
from gql.transport.exceptions import (
    TransportConnectionFailed,
    TransportProtocolError,
    TransportQueryError,
    TransportServerError,
)
from gql.transport.requests import RequestsHTTPTransport

DONE, FAILED, WRONG_USAGE, DONE_WITH_ROW_ERRORS = 0, 1, 2, 3

# Fields of a startup, and the names of columns that hold them unless --column says otherwise.
COLUMNS = {
    "id": ["company_id", "id", "ID", "编号"],
    "name": ["company_name", "name", "Name", "公司", "公司名称", "名称"],
    "oneLiner": ["short_description", "one_liner", "oneLiner", "简介"],
    "description": ["long_description", "description", "Description", "说明"],
    "country": ["country", "Country", "国家"],
    "city": ["location", "city", "City", "城市"],
    "website": ["website", "Website", "url", "官网"],
    "foundedOn": ["year_founded", "founded", "founded_on", "成立时间"],
}

# The server takes a mebibyte a request; what JSON adds around the rows needs some of it.
REQUEST_LIMIT_BYTES = 900_000
# The server takes 200 root fields and 64 KiB of document.
BATCH_LIMIT = 200
# Long enough for the server's own limit of ten seconds to speak first.
TIMEOUT_SECONDS = 30


class WrongUsage(Exception):
    """What the caller has to change in the command or the file."""


class Stopped(Exception):
    """Why the import cannot go on."""


class BatchRefused(Exception):
    """The server did not take a request at all, for what is in it."""


@dataclass
class Row:
    number: int  # as a spreadsheet counts: the header is row 1
    cells: dict
    beyond: list  # cells that stand under no header
    startup: dict | None = None


@dataclass
class Tally:
    rows: int = 0
    created: int = 0
    here: Counter = field(default_factory=Counter)  # by what it was recognised
    refused: list = field(default_factory=list)  # (row, [reasons])

    def done(self):
        return self.created + self.here.total() + len(self.refused)


# Reading the file


def text_of(data: bytes, encoding: str | None) -> str:
    """The text in the encoding that is named, or else the first that fits without a doubt."""
    if encoding:
        candidates = [encoding]
    elif data.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates = ["utf-16"]
    elif data[1::2][:500].count(0) > len(data[1::2][:500]) // 2:
        candidates = ["utf-16-le"]
    elif data[0::2][:500].count(0) > len(data[0::2][:500]) // 2:
        candidates = ["utf-16-be"]
    else:
        candidates = ["utf-8-sig", "gb18030"]
    for candidate in candidates:
        try:
            return data.decode(candidate)
        except UnicodeDecodeError as error:
            reason = f"byte {error.start} is no {candidate}"
        except LookupError:
            raise WrongUsage(f"--encoding {encoding}: there is no such encoding")
    raise WrongUsage(f"the text cannot be read: {reason}; name its encoding with --encoding")


def read_rows(path: str, encoding: str | None, delimiter: str | None) -> tuple[list[str], list[Row]]:
    """The header and the rows that hold something."""
    try:
        with open(path, "rb") as file:
            text = text_of(file.read(), encoding)
    except OSError as error:
        raise WrongUsage(f"{path}: {error.strerror}")
    first_line = text.split("\n", 1)[0]
    delimiter = delimiter or max(",;\t", key=first_line.count)
    csv.field_size_limit(1 << 20)
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows = []
    try:
        header = [name.strip() for name in next(records, [])]
        for number, cells in enumerate(records, start=2):
            cells = [cell.strip() for cell in cells]
            if any(cells):
                rows.append(Row(number, dict(zip(header, cells)), beyond=[cell for cell in cells[len(header):] if cell]))
    except csv.Error as error:
        raise WrongUsage(f"{path}: {error}")
    return header, rows


# From cells to a startup


def list_or_text(cell: str):
    """A cell such as "['Biotech', 'AI']" as the list that it is."""
    if cell.startswith("[") and cell.endswith("]"):
        try:
            value = ast.literal_eval(cell)
        except (ValueError, SyntaxError):
            return cell
        if isinstance(value, list):
            return [str(item) for item in value]
    return cell


def website_of(cell: str) -> str | None:
    """Exports write a missing web site as a bare `https://`."""
    return None if re.fullmatch(r"(https?:)?/*", cell) else cell


def day_of(cell: str) -> str:
    """A day. A bare year is its first of January; the cell as found is kept among the custom fields."""
    if re.fullmatch(r"\d{4}", cell):
        cell = f"{cell}-01-01"
    return datetime.date.fromisoformat(cell).isoformat()


def startup_of(row: Row, columns: dict, source: str, keep: list[str]) -> dict:
    """What createStartup takes; ValueError tells what cannot be read."""
    if row.beyond:
        raise ValueError(f"{', '.join(row.beyond)!r} stands under no header; a separator may be unquoted")
    found = {name: row.cells.get(column, "") for name, column in columns.items()}
    startup = {"name": found.pop("name", "")}
    if found.get("id"):
        startup["externalIds"] = [{"source": source, "id": found["id"]}]
    found.pop("id", None)
    for name, cell in found.items():
        if name == "website":
            cell = website_of(cell)
        elif name == "foundedOn" and cell:
            try:
                cell = day_of(cell)
            except ValueError:
                raise ValueError(f"foundedOn: {cell!r} is neither a year nor a day such as 2024-07-31")
        if cell:
            startup[name] = cell
    kept = {column: list_or_text(row.cells[column]) for column in keep if row.cells.get(column)}
    if kept:
        startup["customFields"] = kept
    return startup


def choose_columns(header: list[str], chosen: list[str]) -> dict:
    """Which column holds which field."""
    columns = {
        name: next((column for column in usual if column in header), None) for name, usual in COLUMNS.items()
    }
    for choice in chosen:
        name, equals, column = choice.partition("=")
        if not equals or name not in COLUMNS:
            raise WrongUsage(f"--column {choice}: expected FIELD=COLUMN with a FIELD of {', '.join(COLUMNS)}")
        if column and column not in header:
            raise WrongUsage(f"--column {choice}: the file's columns are {', '.join(header)}")
        columns[name] = column or None
    if not columns["name"]:
        raise WrongUsage(f"no column holds the name; choose one of {', '.join(header)} with --column name=COLUMN")
    return {name: column for name, column in columns.items() if column}


# Sending


def batches(rows: list[Row], size: int):
    """Rows in requests of at most `size` of them, and no more bytes than the server takes."""
    batch, batch_bytes = [], 0
    for row in rows:
        row_bytes = len(json.dumps(row.startup))
        if batch and (len(batch) == size or batch_bytes + row_bytes > REQUEST_LIMIT_BYTES):
            yield batch
            batch, batch_bytes = [], 0
        batch.append(row)
        batch_bytes += row_bytes
    if batch:
        yield batch


def request_for(batch: list[Row]) -> GraphQLRequest:
    """One mutation for each row. The rows are variables: the document stays small."""
    variables = " ".join(f"$s{n}: CreateStartupInput!" for n in range(len(batch)))
    fields = "\n".join(
        f"  r{n}: createStartup(input: $s{n}) {{ startup {{ id }} userErrors {{ code message field }} }}"
        for n in range(len(batch))
    )
    return GraphQLRequest(
        f"mutation Import({variables}) {{\n{fields}\n}}",
        variable_values={f"s{n}": row.startup for n, row in enumerate(batch)},
    )


class Sender:
    """Sends requests, each until it is answered."""

    def __init__(self, session, transport, headers, patience_seconds, say):
        self.session, self.transport, self.headers = session, transport, headers
        self.patience_seconds, self.say = patience_seconds, say
        # A key made of the content alone would replay yesterday's answers to today's run.
        self.run = uuid.uuid4().hex[:12]

    def send(self, batch: list[Row]) -> dict:
        """The answers of a batch. A request whose answer was lost is sent again under its key: what it did already
        is then answered, not done twice."""
        request = request_for(batch)
        content = json.dumps(request.payload, sort_keys=True).encode()
        key = f"import-{self.run}-{hashlib.sha256(content).hexdigest()[:40]}"
        headers = self.headers | {"Idempotency-Key": key}
        give_up_at = time.monotonic() + self.patience_seconds
        pause = 1.0
        while True:
            try:
                return self.session.execute(request, extra_args={"headers": headers})
            except (TransportConnectionFailed, TransportServerError, TransportProtocolError) as error:
                status = getattr(error, "code", None)
                if status and status < 500 and status not in (408, 429):
                    raise Stopped(str(error))
                wait, why = pause, str(error)
            except TransportQueryError as error:
                first = error.errors[0]
                code = first.get("extensions", {}).get("code")
                why = f"{code}: {first.get('message')}"
                if code in ("BAD_USER_INPUT", "TOO_COMPLEX"):
                    raise BatchRefused(first.get("message"))
                if code == "RATE_LIMITED":
                    wait = float((self.transport.response_headers or {}).get("Retry-After", 5))
                    # To be told to wait is no failure.
                    give_up_at = max(give_up_at, time.monotonic() + wait + 1)
                elif code in ("TIMEOUT", "INTERNAL"):
                    wait = pause
                else:
                    raise Stopped(why)
            if time.monotonic() + wait > give_up_at:
                raise Stopped(why)
            self.say(f"again in {wait:.0f} s: {why}")
            time.sleep(wait)
            pause = min(pause * 2, 15)


def send_batch(sender: Sender, batch: list[Row], tally: Tally) -> None:
    """Sends a batch and counts its answers; one that is refused as a whole is halved down to the row at fault."""
    try:
        answers = sender.send(batch)
    except BatchRefused as error:
        if len(batch) == 1:
            tally.refused.append((batch[0], [str(error)]))
            return
        middle = len(batch) // 2
        send_batch(sender, batch[:middle], tally)
        send_batch(sender, batch[middle:], tally)
        return
    for n, row in enumerate(batch):
        answer = answers[f"r{n}"]
        problems = answer["userErrors"]
        if answer["startup"] and not problems:
            tally.created += 1
        elif all(problem["code"] == "TAKEN" for problem in problems):
            tally.here[(problems[0]["field"] or ["it"])[0]] += 1
        else:
            tally.refused.append((row, [reason_of(problem) for problem in problems]))


def reason_of(problem: dict) -> str:
    place = ".".join(problem["field"] or [])
    return f"{place}: {problem['message']}" if place else problem["message"]


# Saying how it goes


class Progress:
    """A bar on a terminal, else a line a tenth."""

    def __init__(self, total: int, out=sys.stderr):
        self.total, self.out, self.tenth = total, out, 0
        self.is_terminal = out.isatty()

    def show(self, done: int) -> None:
        share = done / self.total if self.total else 1
        if self.is_terminal:
            filled = int(share * 30)
            self.out.write(f"\r[{'#' * filled}{'.' * (30 - filled)}] {done:,} of {self.total:,} rows")
            self.out.flush()
        elif int(share * 10) > self.tenth:
            self.tenth = int(share * 10)
            print(f"{done:,} of {self.total:,} rows", file=self.out, flush=True)

    def say(self, words: str) -> None:
        print(f"\r{words}\033[K" if self.is_terminal else words, file=self.out, flush=True)

    def end(self) -> None:
        if self.is_terminal:
            print(file=self.out)


BY = {"externalIds": "id", "domains": "domain", "name": "name"}


def summary(tally: Tally, seconds: float) -> str:
    lines = [f"rows          {tally.rows:>7,}", f"created       {tally.created:>7,}"]
    ways = ", ".join(f"by {BY.get(way, way)} {count:,}" for way, count in tally.here.most_common())
    lines.append(f"already here  {tally.here.total():>7,}" + (f"  ({ways})" if ways else ""))
    lines.append(f"refused       {len(tally.refused):>7,}")
    by_reason = {}
    for row, reasons in tally.refused:
        for reason in reasons:
            by_reason.setdefault(reason, []).append(row.number)
    for reason, numbers in sorted(by_reason.items(), key=lambda item: -len(item[1])):
        shown = ", ".join(map(str, numbers[:10])) + (f" and {len(numbers) - 10} more" if len(numbers) > 10 else "")
        lines.append(f"  {reason}  (row {shown})")
    if left := tally.rows - tally.done():
        lines.append(f"not sent      {left:>7,}")
    lines.append(f"seconds       {seconds:>7.1f}")
    return "\n".join(lines)


def write_report(path: str, header: list[str], tally: Tally) -> None:
    """The refused rows as they came, with their number and the reason, ready to be repaired and sent again."""
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        report = csv.writer(file)
        report.writerow(["row", "reason", *header])
        for row, reasons in sorted(tally.refused, key=lambda refused: refused[0].number):
            report.writerow([row.number, "; ".join(reasons), *(row.cells.get(name, "") for name in header)])


# The command


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0], epilog=__doc__.split("\n\n")[2])
    parser.add_argument("file", help="the CSV file, with a header")
    parser.add_argument("--source", required=True, help="the name of the source, such as yc; with a row's id it knows the startup again")
    parser.add_argument("--url", default=os.environ.get("TOUCHSTONE_URL", "http://127.0.0.1:7420"), help="the workspace (TOUCHSTONE_URL; default %(default)s)")
    parser.add_argument("--column", action="append", default=[], metavar="FIELD=COLUMN", help=f"which column holds a field, or none with FIELD=; FIELD is one of {', '.join(COLUMNS)}")
    parser.add_argument("--drop-other-columns", action="store_true", help="leave other columns out instead of keeping them as custom fields")
    parser.add_argument("--encoding", help="of the file; left out: UTF-8, UTF-16 or GB18030, whichever fits")
    parser.add_argument("--delimiter", help="between cells; left out: comma, semicolon or tab, whichever the header has")
    parser.add_argument("--batch", type=int, default=50, help="rows in a request, at most %d (default %%(default)s)" % BATCH_LIMIT)
    parser.add_argument("--patience", type=float, default=120, metavar="SECONDS", help="how long one request is tried again (default %(default)s)")
    parser.add_argument("--report", metavar="FILE", help="write the refused rows with their reasons to this file")
    chosen = parser.parse_args()
    if not 1 <= chosen.batch <= BATCH_LIMIT:
        parser.error(f"--batch is 1 to {BATCH_LIMIT}")
    return chosen


def run(chosen: argparse.Namespace) -> int:
    token = os.environ.get("TOUCHSTONE_TOKEN")
    if not token:
        raise WrongUsage("TOUCHSTONE_TOKEN is not set; make one with `touchstone token create --scope READ,WRITE`")
    header, rows = read_rows(chosen.file, chosen.encoding, chosen.delimiter)
    columns = choose_columns(header, chosen.column)
    # The year as found stands beside the day that was read from it.
    mapped = set(columns.values()) - {columns.get("foundedOn")}
    keep = [] if chosen.drop_other_columns else [name for name in header if name and name not in mapped]

    began = time.monotonic()
    tally = Tally(rows=len(rows))
    for row in rows:
        try:
            row.startup = startup_of(row, columns, chosen.source, keep)
        except ValueError as error:
            tally.refused.append((row, [str(error)]))

    headers = {"Authorization": f"Bearer {token}"}
    transport = RequestsHTTPTransport(
        url=f"{chosen.url.rstrip('/')}/graphql", headers=headers, timeout=TIMEOUT_SECONDS
    )
    progress = Progress(len(rows))
    outcome = DONE
    try:
        with Client(transport=transport) as session:
            sender = Sender(session, transport, headers, chosen.patience, progress.say)
            for batch in batches([row for row in rows if row.startup], chosen.batch):
                send_batch(sender, batch, tally)
                progress.show(tally.done())
    except Stopped as error:
        progress.say(f"stopped: {error}")
        outcome = FAILED
    except KeyboardInterrupt:
        progress.say("stopped; send the file again to go on")
        outcome = FAILED
    progress.end()
    print(summary(tally, time.monotonic() - began))
    if chosen.report:
        write_report(chosen.report, header, tally)
    if outcome == DONE and tally.refused:
        outcome = DONE_WITH_ROW_ERRORS
    return outcome


def main() -> int:
    try:
        return run(arguments())
    except WrongUsage as error:
        print(f"error: {error}", file=sys.stderr)
        return WRONG_USAGE


if __name__ == "__main__":
    sys.exit(main())
