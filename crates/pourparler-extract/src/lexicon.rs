//! Words that tell roles, groups and bodies apart: closed lists of general English, no names.

use crate::act::listed;

/// Heads of phrases that name a person's office or occupation, singular.
const ROLES: &str = "activist, actor, actress, administrator, admiral, adviser, advisor, advocate, aide, \
    ambassador, analyst, anchor, anthropologist, archaeologist, archbishop, artist, assemblyman, assemblywoman, astronomer, attorney, \
    auditor, author, ayatollah, barrister, biologist, bishop, blogger, brigadier, broker, businessman, \
    businesswoman, campaigner, candidate, captain, cardinal, ceo, cfo, chair, chairman, chairperson, chairwoman, \
    chancellor, chaplain, chemist, chief, cleric, coach, colonel, columnist, commandant, commander, commentator, \
    commissioner, congressman, congresswoman, constable, consul, contender, controller, coordinator, coroner, corporal, correspondent, \
    councillor, counsel, counselor, criminologist, critic, curator, dean, delegate, deputy, designer, detective, \
    dictator, diplomat, director, doctor, ecologist, economist, editor, elder, emir, engineer, entrepreneur, \
    envoy, epidemiologist, executive, expert, facilitator, farmer, fighter, firefighter, forecaster, founder, front-runner, frontrunner, general, \
    geologist, governor, head, historian, imam, inspector, investor, journalist, judge, justice, king, lawmaker, \
    lawyer, leader, lecturer, legislator, lieutenant, major, manager, marshal, mayor, mediator, member, \
    mep, meteorologist, minister, mk, mla, monarch, mp, negotiator, neurologist, nominee, nurse, observer, officer, \
    official, ombudsman, organiser, organizer, owner, parliamentarian, pastor, pathologist, patriarch, \
    philosopher, physician, physicist, pilot, player, policeman, policewoman, politician, pope, premier, presenter, \
    president, priest, prince, princess, principal, producer, professor, prosecutor, psychiatrist, psychologist, \
    queen, rabbi, rapporteur, refugee, reporter, representative, researcher, resident, scholar, scientist, \
    secretary, secretary-general, seismologist, selectman, senator, sergeant, sheikh, sheriff, singer, \
    sociologist, soldier, source, speaker, specialist, spokesman, spokesperson, spokeswoman, statistician, \
    strategist, student, sultan, superintendent, surgeon, teacher, theologian, trader, treasurer, \
    undersecretary, veteran, victim, virologist, volunteer, warlord, whip, whistleblower, witness, worker, writer";

/// Roles whose holders speak for nobody but themselves unless the text says so.
const INDEPENDENT: &str = "activist, actor, actress, analyst, anthropologist, archaeologist, archbishop, artist, \
    astronomer, author, ayatollah, barrister, biologist, bishop, blogger, chemist, cleric, columnist, \
    criminologist, critic, designer, ecologist, economist, editor, elder, engineer, epidemiologist, expert, \
    farmer, geologist, historian, imam, investor, journalist, lawyer, lecturer, meteorologist, neurologist, nurse, pastor, \
    pathologist, patriarch, philosopher, physician, physicist, pilot, player, presenter, priest, producer, \
    professor, psychiatrist, psychologist, rabbi, refugee, reporter, researcher, resident, scholar, scientist, \
    seismologist, singer, sociologist, specialist, statistician, student, surgeon, teacher, theologian, trader, \
    veteran, victim, virologist, volunteer, witness, worker, writer";

/// Words that stand before a role and belong to it.
const MODIFIERS: &str = "acting, affairs, agricultural, agriculture, armed, budget, climate, cohesion, competition, enlargement, fisheries, migration, army, assistant, associate, chief, commerce, culture, \
    defence, defense, deputy, development, economic, economy, education, energy, environment, environmental, ex, \
    field, finance, first, foreign, former, government, head, health, home, housing, human, immigration, industry, junta, \
    information, intelligence, interim, interior, junior, justice, labor, labour, lead, leading, military, ministry, national, \
    nuclear, oil, opposition, parliamentary, party, peace, petroleum, planning, police, political, presidential, \
    press, prime, rebel, regional, retired, rights, ruling, science, security, senior, social, special, sports, state, \
    supreme, then, top, tourism, trade, transport, transportation, veteran, vice, water, welfare";

/// Roles whose holders serve a state, where nothing says which: that of the country that the article is about.
const STATE_ROLES: &str = "admiral, ambassador, army, attorney, border, clerk, congressional, customs, brigadier, chancellor, colonel, congressman, congresswoman, constable, defence, defense, district, fire, foreign, general, governor, \
    inspector, intelligence, interior, judge, justice, king, lawmaker, lawmakers, legislator, legislators, lieutenant, major, mayor, military, minister, mp, police, \
    premier, president, presidential, prince, prosecutor, provincial, queen, secretary, security, senator, senators, sergeant, undersecretary";

/// Those who are somebody's own.
const KIN: &str = "aunt, boss, brother, brothers, colleague, colleagues, cousin, cousins, dad, daughter, daughters, family, father, \
    fiancée, friend, friends, grandfather, grandmother, husband, mom, mother, mum, neighbours, neighbors, parents, partner, \
    sister, sisters, son, sons, uncle, wife";

/// Organs of a state, and those who serve it, where nothing says which.
const STATE_BODIES: &str = "administration, army, assembly, authorities, cabinet, congress, court, courts, department, embassy, government, \
    judges, junta, legislature, military, ministry, navy, officials, palace, parliament, police, presidency, prosecutors, senate, \
    tribunal";

/// Groups that speak for nobody but themselves.
const BYSTANDERS: &str = "activists, analysts, astronomers, associations, businesses, campaigners, carmakers, citizens, civilians, clerics, bishops, \
    commentators, companies, critics, doctors, economists, employers, engineers, exiles, experts, exporters, \
    factions, families, farmers, firms, gangs, historians, industries, investors, journals, manufacturers, \
    observers, participants, parties, people, pilots, producers, protesters, refugees, relatives, researchers, residents, \
    scientists, settlers, students, survivors, traders, unions, villagers, voters, witnesses, workers";

/// Heads of names of bodies that are no organs of a state, whatever country is in their names.
const PRIVATE_BODIES: &str = "airlines, airways, alliance, association, charity, church, club, coalition, company, cross, crescent, federation, firm, foundation, front, group, \
    industries, institute, league, motors, movement, network, party, railway, society, team, union, university";

/// Words that names of organs of a state are made of; one that has no other is an organ of the state that the text is about.
const ORGAN_WORDS: &str = "administration, affairs, agency, air, and, armed, army, assembly, authorities, authority, board, border, budget, bureau, cabinet, \
    central, chamber, chiefs, civil, civilian, coast, command, committee, commission, commons, congress, congressional, constitutional, corps, council, court, courts, defence, \
    defense, department, development, election, elections, electoral, embassy, emergency, energy, federal, finance, force, forces, foreign, \
    general, government, ground, guard, guardian, health, high, home, house, independent, information, intelligence, interior, joint, judiciary, \
    justice, legislature, lords, majority, marine, marines, military, ministry, minority, national, naval, navy, of, office, oversight, parliament, police, \
    presidential, representatives, reform, revenue, revolutionary, security, senate, service, services, staff, state, supreme, the, trade, treasury, upper, lower";

/// Plural heads that make a group.
const GROUPS: &str = "activists, allies, analysts, campaigners, citizens, civilians, commentators, countries, critics, delegates, \
    delegations, economists, experts, factions, families, farmers, fighters, governments, groups, historians, \
    leaders, lawmakers, legislators, mediators, members, ministers, nations, negotiators, observers, opponents, \
    parties, partners, people, powers, presidents, protesters, rebels, refugees, relatives, researchers, \
    residents, scientists, senators, separatists, sides, states, students, supporters, survivors, teams, unions, \
    villagers, voters, workers, both, many, others, some, all, most";

/// Plural or collective heads of sources that are kept unnamed.
const UNNAMED: &str = "officials, prosecutors, investigators, eyewitnesses, representatives, diplomats, sources, aides, advisers, authorities, spokesmen, spokespeople, witnesses, officers, insiders, \
    reports, reporters, journalists, commanders, soldiers, troops, envoys, somebody, someone, person, \
    individual, individuals";

/// Heads of phrases that name a body.
const BODIES: &str = "administration, agency, alliance, army, assembly, association, authority, bloc, board, body, \
    bureau, cabinet, campaign, chamber, coalition, command, commission, committee, company, confederation, \
    congress, council, court, delegation, department, embassy, federation, firm, forces, foundation, front, \
    fund, government, group, institute, junta, kingdom, leadership, legislature, majority, military, ministry, \
    mission, movement, navy, office, opposition, organisation, organization, palace, parliament, party, police, \
    presidency, regime, republic, secretariat, senate, service, side, staff, state, team, tribunal, union, \
    watchdog";

/// Things in writing or speech that stand for the body that gave them out.
const DOCUMENTS: &str = "advisory, announcement, bill, bulletin, cable, circular, comments, commentary, communique, communiqué, complaint, \
    data, database, decision, declaration, decree, directive, dispatch, document, e-mail, editorial, email, estimate, \
    figures, framework, guidelines, lawsuit, legislation, letter, letters, manifesto, memo, memoir, memoirs, \
    memorandum, message, motion, note, order, petition, plan, pledge, poll, post, projections, proposal, readout, records, \
    remarks, report, request, resolution, ruling, speech, statement, statistics, strategy, study, suit, summary, \
    survey, testimony, tweet, warning, website, \
    proclamation, filing, warnings, guidance, probe, investigation, inquiry, audit, accord, notice, release, headline, update, blog, alert, opinion, page";

/// Roles that the general word *leader* may stand for.
const LEADERS: &str = "ayatollah, president, premier, chancellor, king, queen, emir, sultan, chairman, leader, chief, commander, director, head, minister";

/// Nouns that say that a name is a news outlet's.
const OUTLETS: &str =
    "broadcaster, channel, daily, magazine, network, newspaper, newswire, outlet, station, website, weekly";

/// Words that begin a sentence and are no part of the title behind them: *But Prime Minister Oren said*.
const OPENING: &str = "after, although, and, as, because, before, both, but, current, for, however, if, later, meanwhile, since, so, then, though, when, \
    whereas, while, with, yet";

fn has(list: &str, word: &str) -> bool {
    listed(list, &word.to_lowercase())
}

/// Whether a word names an office or occupation: *minister*, *vice-president*, *director-general*.
pub fn is_role(word: &str) -> bool {
    let plain = |word: &str| has(ROLES, word);
    plain(word)
        || word.split_once('-').is_some_and(|(a, b)| {
            plain(a) && listed("elect, general, designate", &b.to_lowercase())
                || plain(b) && listed("co, deputy, ex, under, vice", &a.to_lowercase())
        })
}

/// Whether holders of this role speak for nobody unless the text says so.
pub fn is_independent(word: &str) -> bool {
    has(INDEPENDENT, word)
}

/// Whether holders of this role serve a state.
pub fn serves_state(word: &str) -> bool {
    has(STATE_ROLES, word)
}

/// Whether somebody with this role seeks an office and does not hold it: *candidate*, *front-runner*.
pub fn seeks_office(word: &str) -> bool {
    listed("candidate, nominee, contender, frontrunner, runner", word)
}

/// Whether a word is the head of an organ of a state.
pub fn is_state_body(word: &str) -> bool {
    has(STATE_BODIES, word)
}

/// Whether a name is that of an organ of a state, without the state: *Air Force*, *House of Representatives*.
pub fn is_organ(words: &[String]) -> bool {
    !words.is_empty() && words.iter().all(|w| has(ORGAN_WORDS, w))
}

/// Whether a body's name says that it is a state's, without the state: *National Elections Commission*.
pub fn is_national(words: &[String]) -> bool {
    let heads = "administration, agency, authority, board, center, centre, commission, council, office, service";
    words.first().is_some_and(|w| listed("national, federal", w)) && words.last().is_some_and(|w| listed(heads, w))
}

/// Whether a word is for somebody's kin, friend or colleague: *my mother* is not who speaks of her.
pub fn is_kin(word: &str) -> bool {
    has(KIN, word)
}

/// Whether a word belongs to the role that follows it.
pub fn is_modifier(word: &str) -> bool {
    has(MODIFIERS, word)
}

/// Whether a capitalised word is no part of a title behind it, but begins the sentence.
pub fn opens(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && has(OPENING, word)
}

/// Whether a word makes a group of its phrase.
pub fn is_group(word: &str) -> bool {
    has(GROUPS, word)
}

/// Whether a group speaks for nobody but itself.
pub fn is_bystanders(word: &str) -> bool {
    has(BYSTANDERS, word)
}

/// Whether a word is the head of the name of a body that is no organ of a state.
pub fn is_private_body(word: &str) -> bool {
    has(PRIVATE_BODIES, word)
}

/// Whether a word is the head of a body of any kind.
pub fn is_any_body(word: &str) -> bool {
    is_body(word) || is_private_body(word) || is_state_body(word)
}

/// Whether a word makes an unnamed source of its phrase.
pub fn is_unnamed(word: &str) -> bool {
    has(UNNAMED, word)
}

/// Whether a word is the head of a body's name.
pub fn is_body(word: &str) -> bool {
    has(BODIES, word)
}

/// Whether a word says that a name is a news outlet's.
pub fn is_outlet(word: &str) -> bool {
    has(OUTLETS, word)
}

/// Whether a word names something that stands for the body that gave it out.
pub fn is_document(word: &str) -> bool {
    has(DOCUMENTS, word)
}

/// Roles that the general word *leader* may stand for.
pub fn leads(role: &str) -> bool {
    has(LEADERS, role)
}

/// Third person or first person pronouns that can be a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pronoun {
    /// he
    He,
    /// she
    She,
    /// it
    It,
    /// they
    They,
    /// I
    I,
    /// we
    We,
    /// who, which, that: what stands right before
    Relative,
}

/// The pronoun that a whole phrase is, if it is one.
pub fn pronoun(phrase: &str) -> Option<Pronoun> {
    // The country, and no pronoun.
    if phrase == "US" {
        return None;
    }
    Some(match phrase.to_lowercase().as_str() {
        "he" | "his" | "him" | "himself" => Pronoun::He,
        "she" | "her" | "hers" | "herself" => Pronoun::She,
        "it" | "its" | "itself" => Pronoun::It,
        "they" | "their" | "them" | "themselves" => Pronoun::They,
        "i" | "my" | "me" => Pronoun::I,
        "we" | "our" | "us" => Pronoun::We,
        "who" | "which" | "that" | "whose" => Pronoun::Relative,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_lower_case_and_without_repeats() {
        for list in [
            ROLES,
            INDEPENDENT,
            STATE_ROLES,
            STATE_BODIES,
            MODIFIERS,
            GROUPS,
            UNNAMED,
            BODIES,
            OUTLETS,
            DOCUMENTS,
            LEADERS,
            BYSTANDERS,
            PRIVATE_BODIES,
            ORGAN_WORDS,
            OPENING,
        ] {
            let mut seen = std::collections::HashSet::new();
            for w in list.split(", ") {
                assert_eq!(w, w.to_lowercase());
                assert!(seen.insert(w), "{w} stands twice");
            }
        }
        assert!(INDEPENDENT.split(", ").all(is_role));
    }
}
