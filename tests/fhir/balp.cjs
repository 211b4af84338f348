// What IHE's Basic Audit Log Patterns 1.1 (https://profiles.ihe.net/ITI/BALP) ask of an AuditEvent that claims one of them, written
// down here by hand from their text: their definitions are in no package registry. Shared by all: a successful RESTful operation,
// exactly one client and one server that say who and where they are, at most one user who asked, exactly one patient, exactly one
// object, and at most one name of the request.
const AT = "https://profiles.ihe.net/ITI/BALP";
const [DICOM, HL7] = ["http://dicom.nema.org/resources/ontology/DCM", "http://terminology.hl7.org/CodeSystem"];
const WRITERS = ["AUT", "INF", "CST"];
const PATTERNS = {
  PatientRead: { action: "R", like: ["read", "vread"], client: "110152", server: "110153", users: ["IRCP"] },
  PatientCreate: { action: "C", like: ["create"], client: "110153", server: "110152", users: WRITERS },
  PatientUpdate: { action: "U", like: ["update", "patch"], client: "110153", server: "110152", users: WRITERS },
};

const is = (coding, system, ...codes) => coding?.system === system && codes.includes(coding.code);
const typed = (agent, system, ...codes) => (agent.type?.coding ?? []).some((coding) => is(coding, system, ...codes));

/** Returns the pattern that a profile's address names, where it is one of them. */
function named(url) {
  return url.startsWith(`${AT}/StructureDefinition/IHE.BasicAudit.`) ? PATTERNS[url.split(".").at(-1)] : undefined;
}

/** Says what keeps an event from holding to a pattern. */
function against(event, pattern) {
  const problems = [], asks = (holds, words) => holds || problems.push(words);
  const [agents, entities] = [event.agent ?? [], event.entity ?? []];
  const one = (found, words, most = 1, least = most) => (asks(found.length >= least && found.length <= most, `${found.length} ${words}`), found);
  asks(is(event.type, `${HL7}/audit-event-type`, "rest"), "type is not rest");
  asks((event.subtype ?? []).some((coding) => is(coding, "http://hl7.org/fhir/restful-interaction", ...pattern.like)), "subtype");
  asks(event.action === pattern.action, "action");
  asks(event.outcome === "0", "outcome is not success");
  asks(typeof event.recorded === "string", "recorded");
  for (const [part, code] of [["client", pattern.client], ["server", pattern.server]]) {
    for (const end of one(agents.filter((agent) => typed(agent, DICOM, code)), `agents are the ${part}`)) {
      asks(end.who && end.network && !end.media, `the ${part} lacks who or network, or has media`);
    }
  }
  for (const user of one(agents.filter((agent) => typed(agent, `${HL7}/v3-ParticipationType`, ...pattern.users)), "users", 1, 0)) {
    asks(user.who && user.requestor === true && !user.media && !user.network, "the user lacks who or did not ask, or has media or network");
  }
  const of = (system, code) => entities.filter((entity) => is(entity.type, system, code));
  for (const patient of one(of(`${HL7}/audit-entity-type`, "1"), "patients")) {
    asks(is(patient.role, `${HL7}/object-role`, "1") && /^Patient\//.test(patient.what?.reference ?? ""), "the patient's role or reference");
  }
  for (const data of one(of(`${HL7}/audit-entity-type`, "2"), "objects")) {
    asks(is(data.role, `${HL7}/object-role`, "3", "4", "20") && data.what, "the object's role or what it is");
  }
  for (const request of one(of(`${AT}/CodeSystem/BasicAuditEntityType`, "XrequestId"), "names of the request", 1, 0)) {
    asks(request.what?.identifier?.value, "the request's name");
  }
  return problems;
}

/** Makes of one that holds one that does not. */
const worse = (event) => ({ ...event, agent: event.agent.slice(0, -1) });

module.exports = { named, against, worse };
