//! One household at a time: who lives there, how they are related, and what they share.

use super::chance::Chance;
use super::stock::{Origin, Pair, Stock, without_accents};
use super::{
    COUNTED_ON, MadeUpAddress, MadeUpChannel, MadeUpContact, MadeUpGuarantor, MadeUpInsurance, MadeUpName,
    MadeUpOtherName, MadeUpPatient,
};
use chrono::{Datelike, Days, Months, NaiveDate};

/// What everybody in a household shares.
struct Home {
    origin: Origin,
    family: (String, String),
    address: MadeUpAddress,
    area: &'static str,
    landline: Option<String>,
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
    let mut members = vec![head(&home, chance, stock)];
    let size = chance.share(&[28, 34, 15, 13, 10]) + 1;
    let partnered = size >= 2 && chance.per_mille(800);
    if partnered {
        let partner = members.first().map(|head| partner(head, &home, chance, stock));
        members.extend(partner);
    }
    while members.len() < size {
        let child = child(&mut members, partnered, &home, chance, stock);
        members.extend(child);
    }
    let first = members.first().map(|head| format!("{} {}", head.given.latin, head.family.1)).unwrap_or_default();
    members.into_iter().map(|member| paperwork(member, &first, &home, chance, stock)).collect()
}

fn home(chance: &mut Chance, stock: &Stock) -> Home {
    let origin = stock.origin(chance);
    let family = stock.surname(origin, chance);
    let (address, area) = stock.home(chance);
    let landline = chance.per_mille(600).then(|| phone(area, chance));
    let language = stock.language(origin, chance);
    let policy = insurance("primary", stock.insurer(false, chance), chance);
    Home { origin, family, address, area, landline, language, policy }
}

fn head(home: &Home, chance: &mut Chance, stock: &Stock) -> Member {
    let (least, most) = chance.pick(&[(18, 34), (25, 44), (30, 54), (40, 64), (50, 69), (55, 79), (65, 94)]);
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

/// Returns a child: some a twin of the one before, some sons named after their father.
fn child(members: &mut [Member], partnered: bool, home: &Home, chance: &mut Chance, stock: &Stock) -> Option<Member> {
    let parents = if partnered { 2 } else { 1 };
    let oldest = members.iter().take(parents).map(|parent| parent.born).max()?;
    let parent_age = COUNTED_ON.years_since(oldest)?;
    let least = parent_age.saturating_sub(42);
    let born = birthday(chance.between(least, parent_age.saturating_sub(17).max(least).min(least + 25)), chance);
    let mut child = Member { head_is: Some("parent"), ..member(born.max(oldest), home, chance, stock) };
    let siblings: Vec<(NaiveDate, &str)> =
        members.iter().skip(parents).map(|sibling| (sibling.born, sibling.given.own)).collect();
    if let Some((born, _)) = siblings.last().filter(|_| chance.per_mille(33)) {
        child.born = *born;
    }
    let taken = |given: &str| siblings.iter().any(|(_, sibling)| *sibling == given);
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

/// Writes down everything about a member.
fn paperwork(member: Member, head: &str, home: &Home, chance: &mut Chance, stock: &Stock) -> MadeUpPatient {
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
    let contact = MadeUpContact { name, relationship, phone: phone(home.area, chance) };
    let guarantor = dependent.then(|| MadeUpGuarantor {
        name: contact.name.clone(),
        relationship: "parent",
        phone: home.landline.clone(),
        address: None,
    });
    let other_names = other_names(&member, chance, stock);
    let (gender_identity, pronouns) = match (member.sex, chance.below(1000)) {
        ('U', _) | (_, 0..=4) => (Some("non-binary"), Some("they/them")),
        ('F', 5..=104) => (Some("woman"), Some("she/her")),
        ('M', 5..=104) => (Some("man"), Some("he/him")),
        _ => (None, None),
    };
    MadeUpPatient {
        name: MadeUpName { family: member.family.0.clone(), given, prefix: None, suffix: member.suffix },
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
    }
}

fn given_names(member: &Member, home: &Home, chance: &mut Chance, stock: &Stock) -> Vec<String> {
    let mut given = vec![member.given.own.to_owned()];
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

fn other_names(member: &Member, chance: &mut Chance, stock: &Stock) -> Vec<MadeUpOtherName> {
    let name = |family: &str, given: &str| MadeUpName {
        family: family.to_owned(),
        given: vec![given.to_owned()],
        prefix: None,
        suffix: None,
    };
    let mut names = Vec::new();
    if member.given.own != member.given.latin {
        names.push(MadeUpOtherName { kind: "preferred", name: name(&member.family.1, member.given.latin) });
    } else if let Some(short) = stock.short_form(member.given.own).filter(|_| chance.per_mille(350)) {
        names.push(MadeUpOtherName { kind: "preferred", name: name(&member.family.0, short) });
    }
    if let Some(previous) = &member.previous {
        names.push(MadeUpOtherName { kind: "previous", name: name(previous, member.given.own) });
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
    if age >= 14 && chance.per_mille(850) {
        let mobile = phone(home.area, chance);
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
    match chance.share(&[88, 5, 7]) {
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

/// Returns a number that is never given to anybody: 555-0100 to 555-0199.
pub(super) fn phone(area: &str, chance: &mut Chance) -> String {
    // A town has a hundred such numbers; neighbouring area codes keep most of them apart.
    let area: u32 = area.parse().unwrap_or(312);
    let neighbour = 200 + (area.saturating_sub(200) + chance.below(40) * 19) % 800;
    // 211 to 911 are services and not areas.
    let neighbour = if neighbour % 100 == 11 { neighbour + 1 } else { neighbour };
    format!("+1{neighbour}555{:04}", chance.between(100, 199))
}

/// Returns a birthday in the year that ends with the given age.
fn birthday(age: u32, chance: &mut Chance) -> NaiveDate {
    let latest = COUNTED_ON.checked_sub_months(Months::new(age * 12)).unwrap_or(COUNTED_ON);
    let born = latest.checked_sub_days(Days::new(u64::from(chance.below(365)))).unwrap_or(latest);
    // The first of January is what front desks type when they do not know, so nobody made up is born on it by chance.
    if born.ordinal() == 1 { born.succ_opt().unwrap_or(born) } else { born }
}
