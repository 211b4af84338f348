// What US Core 6.1 asks of a Coverage (http://hl7.org/fhir/us/core/StructureDefinition-us-core-coverage.html) beyond R4, written
// down here by hand: the definitions at hand end with 5.0.1, which has none.
const URL = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-coverage";
const coded = (concept, system, code) => (concept?.coding ?? []).some((coding) => coding.system === system && coding.code === code);

/** Returns something where a profile's address is this one. */
function named(url) {
  return url === URL ? {} : undefined;
}

/** Says what keeps a coverage from holding to it. */
function against(one) {
  const problems = [], asks = (holds, words) => holds || problems.push(words);
  const members = (one.identifier ?? []).filter((each) => coded(each.type, "http://terminology.hl7.org/CodeSystem/v2-0203", "MB"));
  asks(one.resourceType === "Coverage", "it is no Coverage");
  asks(members.length > 0 || one.subscriberId !== undefined, "us-core-15: neither a member's identifier nor a subscriber's");
  asks(members.length <= 1, "two identifiers of a member");
  asks(one.relationship !== undefined, "relationship");
  asks((one.payor ?? []).length === 1, "payors");
  for (const code of ["group", "plan"]) {
    asks((one.class ?? []).filter((each) => coded(each.type, "http://terminology.hl7.org/CodeSystem/coverage-class", code)).length <= 1, `two of ${code}`);
  }
  return problems;
}

/** Makes of one that holds one that does not. */
const worse = (one) => ({ ...one, relationship: undefined });

module.exports = { named, against, worse };
