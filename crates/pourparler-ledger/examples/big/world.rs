//! The invented world: its words, parties, speakers, outlets, and where the parties stand on the issues of the built-in dossiers.

use pourparler_dossier::Dossier;
use pourparler_text::{SpeakerKind, Stance};

/// A row of numbers that looks like chance and is the same each time.
pub struct Chance(pub u64);

impl Chance {
    fn next(&mut self) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        self.next() % n.max(1)
    }

    /// A number below `n`, small ones far more often, as words and speakers come.
    pub fn skewed(&mut self, n: usize) -> usize {
        let (a, b, c) = (self.below(1000), self.below(1000), self.below(1000));
        a * b * c / 1_000_000 * n / 1000 + self.below(n / 1000 + 1)
    }

    /// Whether something happens that happens so many times in a hundred.
    pub fn percent(&mut self, n: usize) -> bool {
        self.below(100) < n
    }

    pub fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    pub fn word(&mut self, list: &[&'static str]) -> &'static str {
        list[self.below(list.len())]
    }
}

/// Somebody who speaks.
pub struct Speaker {
    /// Spellings of the name, the full one first; none where nobody is named.
    pub names: Vec<String>,
    pub kind: SpeakerKind,
    pub role: Option<String>,
    pub party: Option<usize>,
}

pub struct Issue {
    pub id: String,
    pub options: Vec<String>,
    /// The words by which it is spoken of.
    pub words: Vec<String>,
}

pub struct World {
    pub words: Vec<String>,
    pub parties: Vec<String>,
    pub speakers: Vec<Speaker>,
    pub outlets: Vec<String>,
    pub places: Vec<String>,
    pub issues: Vec<Issue>,
    /// By party and issue.
    pub stands: Vec<Vec<Stance>>,
}

const AGENCIES: [&str; 4] = ["Karveth Wire", "Meridian Press", "North Bay Agency", "Ostrand State Radio"];
const ROLES: [&str; 14] = [
    "foreign minister",
    "president",
    "prime minister",
    "spokesman",
    "deputy foreign minister",
    "chief negotiator",
    "defence minister",
    "envoy",
    "lawmaker",
    "trade minister",
    "adviser",
    "analyst",
    "general",
    "governor",
];

impl World {
    pub fn new(chance: &mut Chance) -> Self {
        let words = words(4000);
        let mut parties: Vec<String> =
            ["Karveth", "Lusenia", "Velmora", "Ostrand"].into_iter().map(str::to_owned).collect();
        parties.extend((0..26).map(|n| capital(&words[n * 131 + 7], ["ia", "and", "mark", "or"][n % 4])));
        let speakers = (0..400).map(|n| speaker(n, chance, &words, &parties)).collect();
        let mut outlets: Vec<String> = AGENCIES.into_iter().map(str::to_owned).collect();
        let kinds = ["Post", "Daily", "Times", "Courier", "Observer", "Tribune"];
        outlets.extend((0..36).map(|n| format!("{} {}", capital(&words[n * 97 + 11], ""), kinds[n % kinds.len()])));
        let issues: Vec<Issue> = Dossier::general()
            .issues
            .into_iter()
            .enumerate()
            .map(|(n, issue)| Issue {
                id: issue.id,
                options: issue.options.into_iter().map(|option| option.id).collect(),
                words: (0..50).map(|k| words[(n * 53 + k * 17) % words.len()].clone()).collect(),
            })
            .collect();
        let stands = parties.iter().map(|_| issues.iter().map(|_| *chance.of(Stance::ALL)).collect()).collect();
        let places = (0..12).map(|n| capital(&words[n * 211 + 3], "")).collect();
        Self { words, parties, speakers, outlets, places, issues, stands }
    }

    /// A party: four of them speak most.
    pub fn party(&self, chance: &mut Chance) -> usize {
        if chance.percent(60) { chance.below(4) } else { chance.below(self.parties.len()) }
    }

    /// Where a party stands on an issue: seldom elsewhere than before, and then it stays there.
    pub fn stance(&mut self, chance: &mut Chance, party: Option<usize>, issue: usize) -> Stance {
        let Some(party) = party else { return *chance.of(Stance::ALL) };
        if chance.below(400) == 0 {
            self.stands[party][issue] = *chance.of(Stance::ALL);
        }
        if chance.percent(12) { *chance.of(Stance::ALL) } else { self.stands[party][issue] }
    }
}

/// Words that nobody uses, all different.
fn words(count: usize) -> Vec<String> {
    const BEGIN: [&str; 24] = [
        "b", "br", "c", "d", "dr", "f", "g", "gr", "h", "k", "l", "m", "n", "p", "pl", "r", "s", "st", "t", "tr", "v",
        "sk", "w", "z",
    ];
    const MIDDLE: [&str; 10] = ["a", "e", "i", "o", "u", "ai", "ea", "ou", "oa", "ie"];
    const END: [&str; 17] =
        ["l", "n", "r", "s", "t", "m", "nd", "rt", "lk", "st", "v", "d", "mp", "g", "sh", "rn", "ck"];
    let mut chance = Chance(4711);
    let mut known = std::collections::HashSet::new();
    let mut out = Vec::with_capacity(count);
    while out.len() < count {
        let mut word = String::new();
        for _ in 0..2 + chance.below(2) {
            for part in [chance.word(&BEGIN), chance.word(&MIDDLE), chance.word(&END)] {
                word.push_str(part);
            }
        }
        if known.insert(word.clone()) {
            out.push(word);
        }
    }
    out
}

pub fn capital(word: &str, end: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).chain(end.chars()).collect()
}

fn speaker(n: usize, chance: &mut Chance, words: &[String], parties: &[String]) -> Speaker {
    const GIVEN: [&str; 20] = [
        "Ana", "Sergei", "Élise", "Oren", "Mira", "Ludo", "Ilse", "Yusuf", "Katya", "Tomas", "Nadia", "Piers", "Ruben",
        "Selma", "Viktor", "Wanda", "Émile", "Dario", "Hana", "Goran",
    ];
    let party = if chance.percent(60) { chance.below(4) } else { chance.below(parties.len()) };
    let own = |text: &str| Some(text.to_owned());
    let (kind, names, role) = match n % 20 {
        16 => (SpeakerKind::Country, vec![parties[party].clone()], None),
        17 | 18 => {
            let body = ["Foreign Ministry", "Council", "Trade Union", "Navy"][n / 20 % 4];
            (SpeakerKind::Organisation, vec![format!("{} {body}", parties[party])], None)
        }
        19 if (n / 20).is_multiple_of(2) => {
            (SpeakerKind::Group, vec![], own(["experts", "diplomats", "both sides"][n / 40 % 3]))
        }
        19 => (SpeakerKind::Unnamed, vec![], own(["senior official", "diplomat", "source"][n / 40 % 3])),
        _ => {
            let given = GIVEN[n * 7 % GIVEN.len()];
            let last = capital(&words[n * 9 % words.len()], ["", "ev", "sky", "ez"][n % 4]);
            let initial: String = given.chars().take(1).collect();
            let mut names = vec![format!("{given} {last}"), last.clone(), format!("{initial}. {last}")];
            if last.ends_with('y') {
                names.push(format!("{given} {last}y"));
            }
            (SpeakerKind::Person, names, own(ROLES[chance.below(ROLES.len())]))
        }
    };
    // Some speak for nobody.
    let party = (!chance.percent(8) || kind == SpeakerKind::Country).then_some(party);
    Speaker { names, kind, role, party }
}
