//! One household at a time: who lives there, how they are related, and what they share.

use super::chance::Chance;
use super::stock::{Origin, Pair, Stock, without_accents};
use super::{
    AtHome, COUNTED_ON, MadeUpAddress, MadeUpChannel, MadeUpContact, MadeUpGuarantor, MadeUpInsurance, MadeUpName,
    MadeUpOtherName, MadeUpPatient,
};
use chrono::{Datelike, Days, Months, NaiveDate};

/// Births of twins in a thousand births: two children each, so that 31 of 1,000 children are one of twins.
const TWINS: u32 = 16;

/// What everybody in a household shares.
struct Home {
    origin: Origin,
    family: (String, String),
    address: MadeUpAddress,
    landline: Option<String>,
    /// The mobile number of the head, which stands on the children's records too.
    mobile: String,
    language: &'static str,
    policy: MadeUpInsurance,
}

/// One member before the paperwork.
struct Member {
    born: NaiveDate,
    sex: char,
    given: Pair,
    family: (String, String),
    previous: Option<String>,
    suffix: Option<&'static str>,
    /// What the head of the household is to this member; nothing for the head herself.
    head_is: Option<&'static str>,
}

/// Returns the members of the next household, the head first and children in the order of their birth.
pub(super) fn next(chance: &mut Chance, stock: &Stock) -> Vec<MadeUpPatient> {
    let home = home(chance, stock);
    let size = chance.share(&[28, 35, 15, 13, 6, 2, 1]) + 1;
    let mut members = vec![head(size, &home, chance, stock)];
    let partnered = size >= 2 && chance.per_mille(800);
    if partnered {
        let partner = members.first().map(|head| partner(head, &home, chance, stock));
        members.extend(partner);
    }
    while members.len() < size {
        let child = child(&mut members, partnered, &home, chance, stock);
        let twin = child.as_ref().filter(|_| chance.per_mille(TWINS)).map(|child| twin(child, &home, chance, stock));
        members.extend(child);
        members.extend(twin);
    }
    let first = members.first().map(|head| format!("{} {}", head.given.latin, head.family.1)).unwrap_or_default();
    let patient = |member| paperwork(member, &first, partnered, &home, chance, stock);
    members.into_iter().map(patient).collect()
}

fn home(chance: &mut Chance, stock: &Stock) -> Home {
    let origin = stock.origin(chance);
    let family = stock.surname(origin, chance);
    let address = stock.home(chance);
    let landline = chance.per_mille(280).then(|| phone(chance));
    let mobile = phone(chance);
    let language = stock.language(origin, chance);
    let policy = insurance("primary", stock.insurer(false, chance), chance);
    Home { origin, family, address, landline, mobile, language, policy }
}

/// Returns the head; whoever lives with children is mostly of the age to have them at home.
fn head(size: usize, home: &Home, chance: &mut Chance, stock: &Stock) -> Member {
    let ages: &[(u32, u32)] = if size < 3 {
        &[(18, 34), (25, 44), (40, 59), (50, 69), (58, 76), (65, 82), (66, 94)]
    } else {
        &[(22, 39), (28, 44), (32, 49), (38, 56), (45, 75)]
    };
    let (least, most) = chance.pick(ages);
    member(birthday(chance.between(least, most), chance), home, chance, stock)
}

fn member(born: NaiveDate, home: &Home, chance: &mut Chance, stock: &Stock) -> Member {
    let sex = match chance.share(&[505, 492, 3]) {
        0 => 'F',
        1 => 'M',
        _ => 'U',
    };
    let given = stock.given(home.origin, sex, born, chance);
    Member { born, sex, given, family: home.family.clone(), previous: None, suffix: None, head_is: None }
}

/// Returns somebody of about the same age; women often took the name of the family and have one from before.
fn partner(head: &Member, home: &Home, chance: &mut Chance, stock: &Stock) -> Member {
    let age = COUNTED_ON.years_since(head.born).unwrap_or(40);
    let born = birthday((age + chance.below(9)).saturating_sub(4).max(18), chance);
    let mut partner = Member { head_is: Some("spouse"), ..member(born, home, chance, stock) };
    if chance.per_mille(900) {
        partner.sex = if head.sex == 'F' { 'M' } else { 'F' };
        partner.given = stock.given(home.origin, partner.sex, born, chance);
    }
    let own = stock.surname(home.origin, chance);
    match chance.share(&[25, 45, 30]) {
        0 if partner.sex == 'F' => partner.previous = Some(own.0),
        0 | 1 => {}
        _ => partner.family = own,
    }
    partner
}

/// Returns a child; some sons are named after their father.
fn child(members: &mut [Member], partnered: bool, home: &Home, chance: &mut Chance, stock: &Stock) -> Option<Member> {
    let parents = if partnered { 2 } else { 1 };
    let oldest = members.iter().take(parents).map(|parent| parent.born).max()?;
    let parent_age = COUNTED_ON.years_since(oldest)?;
    let least = parent_age.saturating_sub(42);
    let born = birthday(chance.between(least, parent_age.saturating_sub(17).max(least).min(least + 25)), chance);
    let mut child = Member { head_is: Some("parent"), ..member(born.max(oldest), home, chance, stock) };
    let siblings: Vec<&str> = members.iter().skip(parents).map(|sibling| sibling.given.own).collect();
    let taken = |given: &str| siblings.contains(&given);
    while taken(child.given.own) {
        child.given = stock.given(home.origin, child.sex, child.born, chance);
    }
    let father = members.iter_mut().take(parents).find(|parent| parent.sex == 'M' && !taken(parent.given.own));
    if let Some(father) = father.filter(|_| child.sex == 'M' && chance.per_mille(66)) {
        child.given = father.given;
        child.family = father.family.clone();
        (child.suffix, father.suffix) = if chance.per_mille(700) { (Some("Jr."), Some("Sr.")) } else { (None, None) };
    }
    Some(child)
}

/// Returns the twin of a child: born on the same day, two in three of the same sex, many with a name that begins alike.
fn twin(child: &Member, home: &Home, chance: &mut Chance, stock: &Stock) -> Member {
    let mut twin =
        Member { family: child.family.clone(), head_is: child.head_is, ..member(child.born, home, chance, stock) };
    if chance.per_mille(667) {
        twin.sex = child.sex;
    }
    let alike = chance.per_mille(600);
    // A list without another name that begins alike must not hold this up.
    for draw in 0..40 {
        twin.given = stock.given(home.origin, twin.sex, twin.born, chance);
        let begins_alike = twin.given.latin.chars().next() == child.given.latin.chars().next();
        if twin.given.own != child.given.own && (!alike || begins_alike || draw >= 20) {
            break;
        }
    }
    twin
}

/// Writes down everything about a member.
fn paperwork(
    member: Member,
    head: &str,
    partnered: bool,
    home: &Home,
    chance: &mut Chance,
    stock: &Stock,
) -> MadeUpPatient {
    let age = COUNTED_ON.years_since(member.born).unwrap_or(0);
    let given = given_names(&member, home, chance, stock);
    let dependent = age < 18;
    let (name, relationship) = match member.head_is {
        Some(relationship) => (head.to_owned(), relationship),
        None => {
            let name = format!("{} {}", given_of(home, chance, stock), home.family.1);
            (name, chance.pick(&["sibling", "child", "parent", "cousin"]))
        }
    };
    let contact_phone = if member.head_is.is_some() { home.mobile.clone() } else { phone(chance) };
    let contact = MadeUpContact { name, relationship, phone: contact_phone };
    let guarantor = dependent.then(|| MadeUpGuarantor {
        name: contact.name.clone(),
        relationship: "parent",
        phone: Some(home.mobile.clone()),
        address: None,
    });
    let other_names = other_names(&member, home, chance, stock);
    let (gender_identity, pronouns) = match (member.sex, chance.below(1000)) {
        ('U', _) | (_, 0..=4) => (Some("non-binary"), Some("they/them")),
        ('F', 5..=104) => (Some("woman"), Some("she/her")),
        ('M', 5..=104) => (Some("man"), Some("he/him")),
        _ => (None, None),
    };
    MadeUpPatient {
        name: MadeUpName { family: legal_family(&member, home), given, prefix: None, suffix: member.suffix },
        other_names,
        date_of_birth: (!chance.per_mille(2)).then_some(member.born),
        administrative_sex: member.sex,
        gender_identity,
        pronouns,
        addresses: vec![home.address.clone()],
        channels: channels(&member, age, home, chance),
        confidential_communication: chance.per_mille(10).then_some("Call the mobile number only"),
        language: Some(home.language),
        emergency_contacts: if dependent || chance.per_mille(700) { vec![contact] } else { vec![] },
        guarantor,
        insurance: cards(age, home, chance, stock),
        flags: flags(home, age, chance),
        ehr_link: None,
        at_home: AtHome {
            household: 0,
            partnered: partnered && matches!(member.head_is, None | Some("spouse")),
            again: false,
        },
    }
}

/// Documents here carry Latin letters; how a family writes itself stands beside them.
fn legal_family(member: &Member, home: &Home) -> String {
    if matches!(home.origin, Origin::Script(_)) { member.family.1.clone() } else { member.family.0.clone() }
}

fn given_names(member: &Member, home: &Home, chance: &mut Chance, stock: &Stock) -> Vec<String> {
    let mut given = vec![member.given.latin.to_owned()];
    if !matches!(home.origin, Origin::Script(_)) && chance.per_mille(650) {
        let middle = stock.given(home.origin, member.sex, member.born, chance).own;
        let initial = chance.per_mille(300);
        given.push(if initial { middle.chars().take(1).collect() } else { middle.to_owned() });
    }
    given
}

fn given_of(home: &Home, chance: &mut Chance, stock: &Stock) -> &'static str {
    let sex = chance.pick(&['F', 'M']);
    stock.given(home.origin, sex, birthday(45, chance), chance).latin
}

fn other_names(member: &Member, home: &Home, chance: &mut Chance, stock: &Stock) -> Vec<MadeUpOtherName> {
    let name = |family: &str, given: &str| MadeUpName {
        family: family.to_owned(),
        given: vec![given.to_owned()],
        prefix: None,
        suffix: None,
    };
    let mut names = Vec::new();
    if matches!(home.origin, Origin::Script(_)) {
        if chance.per_mille(600) {
            names.push(MadeUpOtherName { kind: "preferred", name: name(&member.family.0, member.given.own) });
        }
    } else if let Some(short) = stock.short_form(member.given.own).filter(|_| chance.per_mille(350)) {
        names.push(MadeUpOtherName { kind: "preferred", name: name(&member.family.0, short) });
    }
    if let Some(previous) = &member.previous {
        names.push(MadeUpOtherName { kind: "previous", name: name(previous, member.given.latin) });
    }
    names
}

fn channels(member: &Member, age: u32, home: &Home, chance: &mut Chance) -> Vec<MadeUpChannel> {
    let channel = |kind, place, value, preferred| MadeUpChannel {
        kind,
        place,
        value,
        consent: true,
        voicemail_allowed: kind == "phone",
        preferred,
    };
    let mut channels = Vec::new();
    channels.extend(home.landline.clone().map(|landline| channel("phone", "home", landline, false)));
    if age < 14 {
        channels.push(channel("phone", "mobile", home.mobile.clone(), true));
    } else if chance.per_mille(970) {
        let mobile = if member.head_is.is_none() { home.mobile.clone() } else { phone(chance) };
        if chance.per_mille(500) {
            channels.push(channel("sms", "mobile", mobile.clone(), false));
        }
        channels.push(channel("phone", "mobile", mobile, true));
    }
    if age >= 16 && chance.per_mille(600) {
        let plain = |name: &str| without_accents(name).chars().filter(char::is_ascii_alphabetic).collect::<String>();
        let (given, family) = (plain(member.given.latin), plain(&member.family.1));
        let value = format!("{}.{}{}@example.com", given, family, chance.below(100)).to_lowercase();
        channels.push(channel("email", "home", value, false));
    }
    channels
}

fn cards(age: u32, home: &Home, chance: &mut Chance, stock: &Stock) -> Vec<MadeUpInsurance> {
    match chance.share(&[87, 5, 8]) {
        0 | 1 if age >= 65 => {
            let second = chance.per_mille(400).then(|| MadeUpInsurance { rank: "secondary", ..home.policy.clone() });
            std::iter::once(insurance("primary", stock.insurer(true, chance), chance)).chain(second).collect()
        }
        0 => vec![home.policy.clone()],
        1 => vec![insurance("primary", stock.insurer(false, chance), chance)],
        _ => vec![],
    }
}

fn flags(home: &Home, age: u32, chance: &mut Chance) -> Vec<&'static str> {
    let mut flags = Vec::new();
    if home.language != "en" && chance.per_mille(400) {
        flags.push("Needs an interpreter");
    }
    if age >= 70 && chance.per_mille(100) {
        flags.push("Hard of hearing");
    }
    if age >= 75 && chance.per_mille(80) {
        flags.push("Uses a wheelchair");
    }
    flags
}

/// Returns an insurance card with numbers of its own.
pub(super) fn insurance(rank: &'static str, provider: String, chance: &mut Chance) -> MadeUpInsurance {
    let letters: String = (0..3).map(|_| chance.pick(&['A', 'C', 'H', 'K', 'M', 'R', 'T', 'W'])).collect();
    let policy_number = format!("{letters}{:09}", chance.below(1_000_000_000));
    let group_number = chance.per_mille(600).then(|| format!("{:06}", chance.below(1_000_000)));
    MadeUpInsurance { rank, provider, policy_number, group_number }
}

/// Returns a number that nobody can have: area codes with a 9 in the middle are kept free for longer numbers (NANPA,
/// expansion codes), and there are enough of them that strangers do not share a number.
pub(super) fn phone(chance: &mut Chance) -> String {
    let area = if chance.per_mille(850) { chance.pick(&[592, 592, 592, 595]) } else { 290 + 100 * chance.below(7) };
    let exchange = match chance.between(200, 999) {
        // 211 to 911 are services.
        service if service % 100 == 11 => service + 1,
        other => other,
    };
    format!("+1{area}{exchange}{:04}", chance.below(10_000))
}

/// Returns a birthday in the year that ends with the given age.
fn birthday(age: u32, chance: &mut Chance) -> NaiveDate {
    let latest = COUNTED_ON.checked_sub_months(Months::new(age * 12)).unwrap_or(COUNTED_ON);
    let born = latest.checked_sub_days(Days::new(u64::from(chance.below(365)))).unwrap_or(latest);
    // The first of January is what front desks type when they do not know, so nobody made up is born on it by chance.
    if born.ordinal() == 1 { born.succ_opt().unwrap_or(born) } else { born }
}
