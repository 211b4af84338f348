#!/usr/bin/env python3
"""Checks Keepwell audit bundles: verify.py [--checkpoint TEXT] [--key BASE64] FOLDER... Written from FORMAT.md alone.
For each a line of JSON: verdict, first_bad (first and last entry, or null), findings. The status is that of the worst:
0 PASS, 1 FAIL, 2 UNREADABLE. ZIP files and the limits of size are left to the Rust verifier."""
import argparse, base64, io, json, os, pathlib, re, sys, unicodedata, uuid
from datetime import datetime, timedelta
from hashlib import sha256
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

KEYS, CHECKPOINTS, LEAVES, ENTRIES = LOG = ["log/keys.json", "log/checkpoints.txt", "log/leaves.bin", "log/entries.ndjson"]
PART, ID = r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}", re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LINE = re.compile(rb'\{"sequence":(\d+),"header":"([^"]*)",(?:"salt":"([^"]*)","payload":"([^"]*)"|"payload_hash":"([^"]*)")\}')
COLUMNS = "sequence time local_time user_name actor role workstation operation purpose reason patients outcome code redacted".split()
EPOCH, MILLISECOND = datetime(1970, 1, 1), timedelta(milliseconds=1)
class Unreadable(Exception): pass
def h(*parts): return sha256(b"".join(parts)).digest()
def need(held, words="not as FORMAT.md says"):
    if not held: raise ValueError(words)
    return held
def number(text): return int(need(re.fullmatch("0|[1-9][0-9]{0,19}", text) and int(text) < 1 << 64 and text, "no number"))
def b64(text, length=None):
    value, text = base64.b64decode(text, validate=True), text if isinstance(text, bytes) else text.encode("ascii")
    need(base64.b64encode(value) == text and length in (None, len(value)), "not the one form of base64")
    return value
def hex32(text): return bytes.fromhex(need(re.fullmatch("[0-9a-f]{64}", text), "not 64 hex digits")[0])
def control(text): return any(unicodedata.category(sign) == "Cc" for sign in text)
def name(text): return text and not control(text) and not any(sign.isspace() or sign == "+" for sign in text)
def time(text):
    form = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]([01]\d|2[0-3]):[0-5]\d"
    need(text[-6:] != "-00:00" and re.fullmatch(form, text, re.A) and datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%f%z"), "no time")

def strict(value, required, optional=()):
    """Returns an object, read from bytes if need be, that has these members of these types, each once, and no others."""
    def pairs(items): need(len(dict(items)) == len(items), "a member stands twice"); return dict(items)
    value = json.loads(value.decode("utf-8"), object_pairs_hook=pairs) if isinstance(value, bytes) else value
    need(isinstance(value, dict) and set(required) <= set(value) <= set(required) | set(optional), "other members")
    need(all(type(value[key]) is kind for key, kind in required.items()), "a member of another kind")
    need(all(0 <= value[key] < 1 << 64 for key, kind in required.items() if kind is int), "a number out of range")
    need(all(type(value.get(key, "")) is str for key in optional), "words are no words")
    return value
def load(path):
    every = list(pathlib.Path(path).rglob("*")) or os.listdir(path)  # No such folder: the listing says so.
    if any(one.is_symlink() for one in every): raise Unreadable("a symbolic link")
    return {one.relative_to(path).as_posix(): one.read_bytes() for one in every if one.is_file()}
def split_note(data):
    body, gap, lines = data.decode("utf-8").rpartition("\n\n")
    need(not any((sign < 32 and sign != 10) or sign == 127 for sign in data), "control characters in a note")
    need(gap and body and lines.endswith("\n") and lines.count("\n") <= 100, "no signed note")
    matches = [need(re.fullmatch("— ([^ ]*) (.*)", line), "no signature line") for line in lines[:-1].split("\n")]
    need(all(name(match[1]) and len(b64(match[2])) >= 5 for match in matches), "no signature line")
    return body + "\n", [(match[1], b64(match[2])) for match in matches]
def signed(note, origin, key):
    ours = [s[4:] for who, s in note[1] if who == origin and key and s[:4] == h(origin.encode(), b"\n\x01", key)[:4]]
    try: need(len(ours) == 1) and Ed25519PublicKey.from_public_bytes(key).verify(ours[0], note[0].encode())
    except (InvalidSignature, ValueError): return False
    return True
def checkpoint(text):
    lines, labels = text.split("\n"), ["", "", "", "digest ", "time ", "version ", "counter ", "previous "]
    need(len(lines) == 9 and lines[8] == "" and all(map(str.startswith, lines, labels)), "not these eight lines")
    origin, size, root, digest, at, version, counter, previous = [line[len(lead):] for line, lead in zip(lines, labels)]
    need(name(origin) and hex32(digest) and version and not control(version), "a line is not as it must be"), time(at)
    return dict(origin=origin, size=number(size), root=b64(root, 32), counter=number(counter), previous=hex32(previous), text=h(text.encode()))
def take(data, start):  # A value after its length, and where it ends.
    end = start + 4 + int.from_bytes(data[start:start + 4], "big")
    need(start + 4 <= len(data) >= end, "cut short")
    return data[start + 4:end], end
def document(data, kinds):
    """Reads a document; `kinds` has for each tag the kind of its field, negative where it may be left out."""
    found, at, last = {}, 0, -1
    while at < len(data):
        tag, kind = int.from_bytes(data[at:at + 2], "big"), data[at + 2] if at + 2 < len(data) else 0
        need(tag > last and kind and abs(kinds.get(tag, 0)) == kind, f"field {tag}")
        value, at = take(data, at + 3)
        if kind in (1, 2): need(len(value) == 8, f"field {tag}")
        items, end = [], 0
        while kind == 5 and end < len(value): item, end = take(value, end); items.append(item)
        last, found[tag] = tag, {1: int.from_bytes(value, "big"), 2: int.from_bytes(value, "big", signed=True), 4: value, 5: items}.get(kind)
        if kind == 3: found[tag] = value.decode("utf-8")
    return need(all(tag in found for tag, kind in kinds.items() if kind > 0) and found, "a field is missing")
HEADER = {1: 3, 2: 1, 3: 2, 4: 2, 5: -3, 6: -3, 7: 3, 8: 3, 9: -3, 10: -3}
PAYLOAD, CHANGE = {1: 3, 2: 3, 3: -3, 4: 3, 5: -3, 6: -3, 7: 5, 8: -3, 9: 5, 10: 3}, {1: 3, 2: 3, 3: 4, 4: 1, 5: 4}
def entry(match, sequence, leaves):  # Returns the line's row of the table.
    redacted, header, first, payload = match[5] is not None, b64(match[2]), b64(match[5] or match[3] or b"", 32), b64(match[4] or b"")
    need(sequence < len(leaves), "beyond the log")
    need(h(b"\0", h(header), first if redacted else h(first, payload)) == leaves[sequence], "another leaf")
    head, said = document(header, HEADER), {7: [], 9: []} if redacted else document(payload, PAYLOAD)
    need(head[1] == "keepwell/log-header/1" and head[2] == sequence, "another header")
    need(-62135510400000 <= head[3] < 253402214400000 and abs(head[4]) < 86400, "another time")
    need(all(ID.fullmatch(head[tag]) for tag in (5, 6, 9) if tag in head), "no id")
    need(head[8] in ("done", "refused", "denied", "fault"), "another outcome")
    need(said.get(1, "keepwell/log-payload/1") == "keepwell/log-payload/1" and all(len(one) == 16 for one in said[7]))
    for change in [document(item, CHANGE) for item in said[9]]: need(change[1] == "keepwell/log-change/1" and len(change[5]) == 32)
    at, cell = EPOCH + head[3] * MILLISECOND, lambda tag: said.get(tag, "")
    utc, local = at.isoformat(timespec="milliseconds") + "Z", (at + timedelta(seconds=head[4])).isoformat(" ", "seconds")
    patients, hidden = " ".join(str(uuid.UUID(bytes=one)) for one in said[7]), "yes" if redacted else "no"
    return [str(sequence), utc, local, cell(2), head.get(5, ""), cell(3), cell(4), head[7], cell(5), cell(6), patients, head[8], cell(8), hidden]
def row(cells):
    guarded = ["'" + cell if re.match("[=+@\t\r-]", cell) else cell for cell in cells]
    return (",".join('"' + cell.replace('"', '""') + '"' for cell in guarded) + "\r\n").encode()
def roots_at(leaves, sizes):
    stack, roots = [], {}
    for size in range(len(leaves) + 1):
        if size in sizes:
            roots[size] = stack[-1][1] if stack else h()
            for _, left in reversed(stack[:-1]): roots[size] = h(b"\1", left, roots[size])
        stack += [(0, leaf) for leaf in leaves[size:size + 1]]
        while len(stack) > 1 and stack[-1][0] == stack[-2][0]: stack[-2:] = [(stack[-1][0] + 1, h(b"\1", stack[-2][1], stack[-1][1]))]
    return roots

def verify(files, paper, known):
    findings = []  # Each has words, and the first and the last entry or None.
    def find(words, first=None, end=None): findings.append((words, *((first, end - 1) if (end or 0) > (first or 0) else (None, None))))
    try:
        manifest = strict(files["manifest.json"], {"format": str, "vault": str, "made_at": str, "chosen": dict,
                          "log_size": int, "entries": int, "redacted": int, "files": list}, ["made_by"])
        strict(manifest["chosen"], {}, ["period", "people", "patients"])
        for one in manifest["files"]: hex32(strict(one, {"path": str, "size": int, "sha256": str})["sha256"])
        need(manifest["format"] == "keepwell/audit-bundle/1" and name(manifest["vault"])) and time(manifest["made_at"])
    except (KeyError, ValueError, RecursionError) as error: raise Unreadable(f"manifest.json: {error}")
    origin, own = "keepwell/" + manifest["vault"], {"manifest.json", "manifest.note"}
    listed, rest = {one["path"]: one for one in manifest["files"]}, files.get(CHECKPOINTS, b"")
    keys, good, newest, before, count = [], [], None, None, 0
    if own & set(listed) or len({path.lower() for path in listed}) < len(manifest["files"]): find("listed and may not be")
    for path in set(files) - own | set(listed) | set(LOG):
        one, data = listed.get(path), files.get(path)
        sound = one is not None and data is not None and re.fullmatch(f"{PART}(/{PART})*", path)
        if not sound or (one["size"], one["sha256"]) != (len(data), h(data).hex()): find(f"{path}: missing, not listed or changed")
    try:
        for one in strict(files.get(KEYS, b""), {"keys": list})["keys"]:
            strict(one, {"name": str, "public_key": str, "from_counter": int})
            keys.append((one["from_counter"], b64(one["public_key"], 32)))
            need(one["name"] == origin and all(keys[-1][0] > start and keys[-1][1] != key for start, key in keys[:-1]), "a key")
        need(keys, "no key")
    except ValueError as error: find(f"keys: {error}"); keys = []
    in_force = lambda counter: next((key for start, key in reversed(keys) if start <= counter), None)
    try:
        note = split_note(files.get("manifest.note", b""))
        need(note[0] == f"keepwell/audit-bundle/1\nmanifest {h(files['manifest.json']).hex()}\n", "another manifest")
        need(keys and signed(note, origin, keys[-1][1]), "not signed")
    except ValueError as error: find(f"manifest.note: {error}")
    while rest:
        match = re.match(rb"note (0|[1-9][0-9]{0,9})\n", rest)
        if not match or (end := match.end() + int(match[1])) > len(rest): find("checkpoints: cannot be read any further"); break
        data, rest, count, newest = rest[match.end():end], rest[end:], count + 1, None
        try: note = split_note(data); one = checkpoint(note[0])
        except ValueError as error: find(f"checkpoint {count}: {error}"); before = None; continue
        if one["origin"] == origin and signed(note, origin, in_force(one["counter"])): newest = one; good.append(one)
        else: find(f"checkpoint {count}: not signed")
        if one["previous"] != (before["text"] if before else bytes(32) if count == 1 else one["previous"]): find("previous")
        if before and (one["counter"] <= before["counter"] or one["size"] < before["size"]): find(f"checkpoint {count}: order")
        before = one
    if not good: find("no good checkpoint")
    data, reached, highest, flawed, rows = files.get(LEAVES, b""), 0, -1, False, [COLUMNS]
    if len(data) != 32 * manifest["log_size"]: find("leaves: another number of them")
    leaves = [data[at:at + 32] for at in range(0, len(data) - 31, 32)]
    roots = roots_at(leaves, {one["size"] for one in good} | ({paper[1]["size"]} if paper else set()))
    for one in good:
        if one["size"] > len(leaves): find("leaves are cut off", len(leaves), one["size"]); break
        if roots[one["size"]] != one["root"]: find("another root", reached if reached < one["size"] else 0, one["size"]); break
        reached = one["size"]
    if newest and newest["size"] < len(leaves): find("not covered by a checkpoint", newest["size"], len(leaves))
    for at, line in enumerate(io.BytesIO(files.get(ENTRIES, b""))):
        sequence = None
        try:
            match = need(line.endswith(b"\n") and LINE.fullmatch(line[:-1]), "in neither form")
            sequence = number(match[1].decode())
            rows.append(entry(match, sequence, leaves))
            need(sequence > highest, "out of order")
        except ValueError as error: flawed = True; find(f"line {at + 1}: {error}", sequence, sequence is not None and sequence + 1)
        highest = highest if sequence is None else max(highest, sequence)
    if not flawed and (len(rows) - 1, sum(cells[-1] == "yes" for cells in rows)) != (manifest["entries"], manifest["redacted"]): find("counts of entries")
    if "entries.csv" in files and not flawed:
        data, at, bad = files["entries.csv"], 0, None
        for cells in rows:
            wanted = (b"" if at else b"\xef\xbb\xbf") + row(cells)
            bad, at = bad or (cells[0] if data[at:at + len(wanted)] != wanted else None), at + len(wanted)
        if bad or at != len(data): find("entries.csv", *([int(bad), int(bad) + 1] if bad and bad != "sequence" else []))
    if known and not (keys and all(key in known for _, key in keys)): find("a key that you do not hold")
    note, held = paper or (None, None)
    if held:
        if held["size"] > len(leaves): find("cut off or rolled back", len(leaves), held["size"])
        elif roots[held["size"]] != held["root"]: find("forked", 0, held["size"])
        if note and not (held["origin"] == origin and signed(note, origin, in_force(held["counter"]))): find("paper: not signed")
    last, first = min(((last, -first) for _, first, last in findings if last is not None), default=(None, None))
    return dict(verdict="FAIL" if findings else "PASS", first_bad=None if last is None else [-first, last], findings=[one[0] for one in findings])
def read_paper(text):
    text = text.replace("\r\n", "\n").strip()
    if "\n\n" in text: note = split_note((text + "\n").encode()); return note, checkpoint(note[0])
    size, root = need(text.split(), "no checkpoint")[0], "".join(text.split()[1:])
    return None, dict(size=number(size), root=hex32(root.lower()) if len(root) == 64 else b64(root, 32))

arguments, worst = argparse.ArgumentParser(), 0
arguments.add_argument("--checkpoint", type=read_paper), arguments.add_argument("bundle", nargs="+")
arguments.add_argument("--key", action="append", type=lambda text: b64(text, 32))
for path in (asked := arguments.parse_args()).bundle:
    try: said = verify(load(path), asked.checkpoint, asked.key)
    except (Unreadable, OSError) as error: said = dict(verdict="UNREADABLE", first_bad=None, findings=[str(error)])
    worst, _ = max(worst, ["PASS", "FAIL", "UNREADABLE"].index(said["verdict"])), print(json.dumps(said))
sys.exit(worst)
