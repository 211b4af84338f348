#!/usr/bin/env python3
"""Checks Keepwell audit bundles, written from FORMAT.md alone. Wants the package `cryptography`.

    verify.py [--checkpoint TEXT] [--key BASE64] BUNDLE...

For each bundle a line of JSON: verdict, first_bad (the first and the last of the entries, or null), findings. The status
is that of the worst: 0 PASS, 1 FAIL, 2 UNREADABLE. Limits of size are left to the Rust verifier.
"""
import argparse, base64, csv, datetime, io, json, os, re, sys, unicodedata, uuid, zipfile
from hashlib import sha256
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

LOG = ["log/keys.json", "log/checkpoints.txt", "log/leaves.bin", "log/entries.ndjson"]
PART = r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}"
PATH, SIG = re.compile(f"{PART}(/{PART})*"), re.compile("— (\\S+) (\\S+)")
ID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LINE = re.compile(rb'\{"sequence":(\d+),"header":"([^"]*)",(?:"salt":"([^"]*)","payload":"([^"]*)"|"payload_hash":"([^"]*)")\}')
COLUMNS = "sequence,time,local_time,user_name,actor,role,workstation,operation,purpose,reason,patients,outcome,code,redacted"
EPOCH = datetime.datetime(1970, 1, 1)
class Unreadable(Exception): pass

def h(*parts): return sha256(b"".join(parts)).digest()
def need(held, words="not as FORMAT.md says"):
    if not held: raise ValueError(words)
    return held
def number(text):
    need(re.fullmatch(r"0|[1-9][0-9]*", text, re.A) and int(text) < 1 << 64, "no decimal number")
    return int(text)
def b64(text, length=None):
    text = text if isinstance(text, bytes) else text.encode("ascii")
    value = base64.b64decode(text, validate=True)
    need(base64.b64encode(value) == text and length in (None, len(value)), "not the one form of base64")
    return value
def hex32(text):
    need(re.fullmatch("[0-9a-f]{64}", text), "not 64 hex digits")
    return bytes.fromhex(text)
def control(text): return any(unicodedata.category(c) == "Cc" for c in text)
def name(text): return text != "" and not control(text) and not any(c.isspace() or c == "+" for c in text)
def time(text):
    need(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d", text, re.A) and text[-6:] != "-00:00", "no time")
    need(text[-5:-3] < "24" and text[-2:] < "60", "no offset")
    east = datetime.timedelta(hours=int(text[-5:-3]), minutes=int(text[-2:])) * (1 if text[-6] == "+" else -1)
    return ((datetime.datetime.strptime(text[:-6], "%Y-%m-%dT%H:%M:%S.%f") - EPOCH) - east) // datetime.timedelta(milliseconds=1)

def strict(data, required, optional=(), each=None):
    """Reads JSON whose one object (or each object of the array `each`) has these members, each once, of these types."""
    def pairs(items):
        need(len({k for k, _ in items}) == len(items), "a member stands twice")
        return dict(items)
    value = data if isinstance(data, dict) else json.loads(data.decode("utf-8"), object_pairs_hook=pairs)
    need(isinstance(value, dict) and set(required) <= set(value) <= set(required) | set(optional), "other members")
    for key, kind in dict(required).items():
        need(type(value[key]) is kind and (kind is not int or 0 <= value[key] < 1 << 64), f"{key} is of another kind")
    need(all(value[key] is None or type(value[key]) is str for key in optional if key in value), "words are no words")
    return value

def load(path):
    """Returns the files of a bundle by their paths."""
    if os.path.isdir(path):
        found = {}
        for folder, folders, names in os.walk(path):
            for one in [os.path.join(folder, n) for n in folders + names]:
                if os.path.islink(one): raise Unreadable("a symbolic link")
            for n in names:
                with open(os.path.join(folder, n), "rb") as file:
                    found[os.path.relpath(file.name, path).replace(os.sep, "/")] = file.read()
        return found
    with zipfile.ZipFile(path) as packed:
        members = packed.infolist()
        folded = [m.filename.rstrip("/").lower() for m in members]
        bad = [m for m in members if m.flag_bits & 0x2041 or m.compress_type not in (0, 8)
               or not PATH.fullmatch(m.filename[:-1] if m.is_dir() else m.filename)]
        if bad or len(set(folded)) < len(folded): raise Unreadable("a ZIP file that breaks a rule")
        if sum(m.file_size for m in members) > 200 * os.path.getsize(path) + (1 << 20): raise Unreadable("a ZIP bomb")
        return {m.filename: packed.read(m) for m in members if not m.is_dir()}

def split_note(data):
    text = data.decode("utf-8")
    need(not any((ord(c) < 32 and c != "\n") or ord(c) == 127 for c in text), "control characters")
    body, gap, lines = text.rpartition("\n\n")
    need(gap and body and lines.endswith("\n"), "no signed note")
    signatures = []
    for line in lines[:-1].split("\n"):
        match = need(SIG.fullmatch(line), "no signature line")
        signatures.append((match[1], b64(match[2])))
        need(name(match[1]) and len(signatures[-1][1]) >= 5 and len(signatures) <= 100, "no signature line")
    return body + "\n", signatures
def signed(note, origin, key):
    ours = [s[4:] for who, s in note[1] if who == origin and s[:4] == h(origin.encode(), b"\x0a\x01", key)[:4]]
    try: need(len(ours) == 1) and Ed25519PublicKey.from_public_bytes(key).verify(ours[0], note[0].encode())
    except (InvalidSignature, ValueError): return False
    return True
def checkpoint(text):
    lines = text.split("\n")
    need(len(lines) == 9 and lines[8] == "" and name(lines[0]), "not eight lines")
    rest = [line[len(label):] for line, label in zip(lines[3:], labels) if line.startswith(label)] if (labels := (
        "digest ", "time ", "version ", "counter ", "previous ")) else []
    need(len(rest) == 5 and hex32(rest[0]) and rest[2] and not control(rest[2]), "a line is not as it must be")
    return dict(origin=lines[0], size=number(lines[1]), root=b64(lines[2], 32), at=time(rest[1]),
                counter=number(rest[3]), previous=hex32(rest[4]), text=h(text.encode()))

def fields(data, kinds):
    """Reads a document; kinds: tag -> (kind, may be absent). Returns tag -> value."""
    found, last, at = {}, -1, 0
    while at < len(data):
        tag, kind, length = int.from_bytes(data[at:at + 2], "big"), data[at + 2:at + 3], int.from_bytes(data[at + 3:at + 7], "big")
        value, at = data[at + 7:at + 7 + length], at + 7 + length
        need(at <= len(data) and tag > last and tag in kinds and kind == bytes([kinds[tag][0]]), f"field {tag}")
        kind, last = kind[0], tag
        if kind < 3: need(length == 8, f"field {tag}")
        if kind == 5:
            items, rest = [], value
            while rest:
                end = 4 + int.from_bytes(rest[:4], "big")
                need(4 <= len(rest) and end <= len(rest), f"field {tag}")
                items, rest = items + [rest[4:end]], rest[end:]
        found[tag] = (int.from_bytes(value, "big", signed=kind == 2) if kind < 3 else value.decode("utf-8") if kind == 3
                      else value if kind == 4 else items)
    need(all(tag in found or absent for tag, (_, absent) in kinds.items()), "a field is missing")
    return found
T, OPT = (3, False), (3, True)
HEADER = {1: T, 2: (1, False), 3: (2, False), 4: (2, False), 5: OPT, 6: OPT, 7: T, 8: T, 9: OPT, 10: OPT}
PAYLOAD = {1: T, 2: T, 3: OPT, 4: T, 5: OPT, 6: OPT, 7: (5, False), 8: OPT, 9: (5, False), 10: T}
CHANGE = {1: T, 2: T, 3: (4, False), 4: (1, False), 5: (4, False)}

def entry(match, leaves):
    """Checks one line, and returns its row of the table."""
    sequence, redacted = number(match[1].decode()), match[5] is not None
    header, first, payload = b64(match[2]), b64(match[5] if redacted else match[3], 32), b64(match[4] or b"")
    need(sequence < len(leaves), "beyond the log")
    need(h(b"\0", h(header), first if redacted else h(first, payload)) == leaves[sequence], "another leaf")
    head = fields(header, HEADER)
    need(head[1] == "keepwell/log-header/1" and head[2] == sequence, "another header")
    need(-62135510400000 <= head[3] < 253402214400000 and abs(head[4]) < 86400, "another time")
    need(all(ID.fullmatch(head[tag]) for tag in (5, 6, 9) if tag in head), "no id")
    need(head[8] in ("done", "refused", "denied", "fault"), "another outcome")
    said = {7: []} if redacted else fields(payload, PAYLOAD)
    if not redacted:
        changes = [fields(change, CHANGE) for change in said[9]]
        need(said[1] == "keepwell/log-payload/1" and all(len(p) == 16 for p in said[7]), "another payload")
        need(all(c[1] == "keepwell/log-change/1" and len(c[5]) == 32 for c in changes), "another change")
    at = EPOCH + datetime.timedelta(milliseconds=head[3])
    local, get = at + datetime.timedelta(seconds=head[4]), lambda tag: said.get(tag, "")
    return [str(sequence), at.isoformat(timespec="milliseconds") + "Z", local.isoformat(" ", "seconds"), get(2), head.get(5, ""), get(3),
            get(4), head[7], get(5), get(6), " ".join(str(uuid.UUID(bytes=p)) for p in said[7]), head[8], get(8), "yes" if redacted else "no"]
def written(rows):
    text = io.StringIO(newline="")
    guard = lambda cell: "'" + cell if cell[:1] in tuple("=+-@\t\r") and cell else cell
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows([[guard(cell) for cell in row] for row in rows])
    return text.getvalue().encode()

def read_paper(text):
    text = text.replace("\r\n", "\n").strip()
    if "\n\n" in text: return (note := split_note((text + "\n").encode())), checkpoint(note[0])
    size, root = text.split(None, 1)
    root = "".join(root.split())
    read = bytes.fromhex(root) if re.fullmatch("[0-9A-Fa-f]{64}", root) else b64(root, 32)
    return None, dict(size=number(size), root=read)

def verify(files, paper, known):
    findings = []  # (words, first, last), the entries None where there are none
    def find(words, first=None, last=None): findings.append((words, first, last))
    def span(words, start, end): find(words, *((start, end - 1) if start < end else (None, None)))
    try:
        manifest = strict(files["manifest.json"], {"format": str, "vault": str, "made_at": str, "chosen": dict, "log_size": int,
                          "entries": int, "redacted": int, "files": list}, ["made_by"])
        strict(manifest["chosen"], {}, ["period", "people", "patients"])
        for f in manifest["files"]: hex32(strict(f, {"path": str, "size": int, "sha256": str})["sha256"])
        need(manifest["format"] == "keepwell/audit-bundle/1" and name(manifest["vault"]))
        time(manifest["made_at"])
    except (KeyError, ValueError, AttributeError, TypeError, RecursionError) as error: raise Unreadable(f"manifest.json: {error}")
    origin, own = "keepwell/" + manifest["vault"], {"manifest.json", "manifest.note"}
    listed = {f["path"]: f for f in manifest["files"]}
    if {p.lower() for p in listed} & own or len({p.lower() for p in listed}) < len(manifest["files"]): find("listed twice")
    for path in sorted(set(files) - own | set(listed) | set(LOG)):
        data, f = files.get(path), listed.get(path)
        if data is None or f is None or not PATH.fullmatch(path) or f["size"] != len(data) or f["sha256"] != h(data).hex():
            find(f"{path}: missing, not listed, or changed")
    keys = []
    try:
        for k in strict(files.get(LOG[0], b""), {"keys": list})["keys"]:
            strict(k, {"name": str, "public_key": str, "from_counter": int})
            keys.append((k["from_counter"], b64(k["public_key"], 32)))
            need(k["name"] == origin and keys[-1][1] not in [key for _, key in keys[:-1]], "name or twice")
            need(len(keys) < 2 or keys[-1][0] > keys[-2][0], "order")
        need(keys, "no key")
    except ValueError as error: keys = find(f"keys: {error}") or []
    in_force = lambda counter: next((key for start, key in reversed(keys) if start <= counter), None)
    try:
        note = split_note(files.get("manifest.note", b""))
        need(note[0] == f"keepwell/audit-bundle/1\nmanifest {h(files['manifest.json']).hex()}\n", "another manifest")
        need(keys and signed(note, origin, keys[-1][1]), "not signed")
    except ValueError as error: find(f"manifest.note: {error}")
    rest, before, good, newest, count = files.get(LOG[1], b""), None, [], None, 0
    while rest:
        match = re.match(rb"note (\d+)\n", rest[:32])
        try: end = match.end() + number(match[1].decode())
        except (AttributeError, ValueError): end = len(rest) + 1
        if end > len(rest): find("checkpoints: cannot be read on"); break
        one, rest, count, newest = rest[match.end():end], rest[end:], count + 1, None
        try: note = split_note(one); one = checkpoint(note[0])
        except ValueError as error: before = find(f"checkpoint {count}: {error}"); continue
        key = in_force(one["counter"])
        if one["origin"] != origin or not key or not signed(note, origin, key): find(f"checkpoint {count}: not signed")
        else: newest = one; good.append(one)
        if count == 1: one["previous"] == bytes(32) or find("not the first checkpoint")
        elif before and (one["counter"] <= before["counter"] or one["size"] < before["size"] or one["previous"] != before["text"]):
            find(f"checkpoint {count}: order")
        before = one
    if count == 0 and not findings: find("no checkpoint")
    data = files.get(LOG[2], b"")
    leaves = [data[at:at + 32] for at in range(0, len(data) - 31, 32)]
    if len(data) % 32 or len(leaves) != manifest["log_size"]: find("leaves: another number of them")
    sizes, stack, roots = sorted({c["size"] for c in good + ([paper[1]] if paper else [])}), [], {}
    for at in range(len(leaves) + 1):
        if at in sizes[:1] and (sizes.pop(0), root := stack[-1][1] if stack else h()):
            for _, left in reversed(stack[:-1]): root = h(b"\1", left, root)
            roots[at] = root
        if at < len(leaves):
            stack.append((0, leaves[at]))
            while len(stack) > 1 and stack[-1][0] == stack[-2][0]:
                (height, left), (_, right) = stack[-2:]
                stack[-2:] = [(height + 1, h(b"\1", left, right))]
    last = 0
    for one in good:
        if one["size"] > len(leaves): span("leaves are cut off", len(leaves), one["size"]); break
        if roots[one["size"]] != one["root"]: span("another root", last if last < one["size"] else 0, one["size"]); break
        last = one["size"]
    if newest and newest["size"] < len(leaves): span("not covered by a checkpoint", newest["size"], len(leaves))
    lines, rows, next_one, flawed = files.get(LOG[3], b"").split(b"\n"), [COLUMNS.split(",")], 0, False
    for at, line in enumerate(lines[:-1] if lines[-1] == b"" else lines):
        match, sequence = LINE.fullmatch(line) if at < len(lines) - 1 else None, None
        try:
            sequence = number(need(match, "no entry's form")[1].decode())
            rows.append(entry(match, leaves))
            need(sequence >= next_one, "out of order")
        except ValueError as error: flawed = True; find(f"line {at + 1}: {error}", sequence, sequence)
        if sequence is not None: next_one = max(next_one, sequence + 1)
    if not flawed and (len(rows) - 1, sum(r[-1] == "yes" for r in rows[1:])) != (manifest["entries"], manifest["redacted"]): find("counts")
    if "entries.csv" in files and not flawed and files["entries.csv"] != (wanted := [b"\xef\xbb\xbf" + written(rows[:1])] + [written([r]) for r in rows[1:]]):
        at, data = 0, files["entries.csv"]
        while at < len(wanted) and data.startswith(wanted[at]): data, at = data[len(wanted[at]):], at + 1
        if at < len(wanted) or data: find("entries.csv", *([int(rows[at][0])] * 2 if 0 < at < len(wanted) else []))
    if known and not (keys and all(key in known for _, key in keys)): find("a key that you do not hold")
    if paper:
        note, held = paper
        if held["size"] > len(leaves): span("cut off or rolled back", len(leaves), held["size"])
        elif roots[held["size"]] != held["root"]: span("forked", 0, held["size"])
        if note and not (held["origin"] == origin and (key := in_force(held["counter"])) and signed(note, origin, key)): find("paper: not signed")
    first_bad = min(((last, -first) for _, first, last in findings if last is not None), default=None)
    return dict(verdict="FAIL" if findings else "PASS", first_bad=first_bad and [-first_bad[1], first_bad[0]], findings=[f[0] for f in findings])

def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--checkpoint"), arguments.add_argument("--key", action="append", default=[]), arguments.add_argument("bundle", nargs="+")
    asked, worst = arguments.parse_args(), 0
    try:
        paper, known = asked.checkpoint and read_paper(asked.checkpoint), [b64(key, 32) for key in asked.key]
        need(not paper or paper[1]["size"] > 0)
    except ValueError as error: sys.exit(print(error, file=sys.stderr) or 2)
    for path in asked.bundle:
        try:
            files = load(path)
            if "manifest.json" not in files: raise Unreadable("no manifest.json")
            said = verify(files, paper, known)
        except (Unreadable, OSError, EOFError, zipfile.BadZipFile, zipfile.zlib.error) as error: said = dict(verdict="UNREADABLE", first_bad=None, findings=[str(error)])
        worst = max(worst, ["PASS", "FAIL", "UNREADABLE"].index(said["verdict"]))
        print(json.dumps(said))
    sys.exit(worst)

if __name__ == "__main__": main()
