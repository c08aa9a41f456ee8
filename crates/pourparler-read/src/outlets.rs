//! News agencies and broadcasters by name: one table for heads of articles, datelines and credits.

/// Somebody who publishes news.
struct Outlet {
    /// The usual short name.
    name: &'static str,
    /// Other names, in lower case.
    others: &'static [&'static str],
    /// Whether others print what it writes, so that a text can be said to come from it.
    agency: bool,
}

const fn agency(name: &'static str, others: &'static [&'static str]) -> Outlet {
    Outlet { name, others, agency: true }
}

const fn broadcaster(name: &'static str, others: &'static [&'static str]) -> Outlet {
    Outlet { name, others, agency: false }
}

const TABLE: &[Outlet] = &[
    agency("AFP", &["agence france-presse", "agence france presse"]),
    agency("AGERPRES", &[]),
    agency("Anadolu", &["anadolu agency", "anadolu ajansi", "anadolu ajansı"]),
    agency("ANI", &["asian news international"]),
    agency("ANSA", &["ansa news agency"]),
    agency("Antara", &["antara news"]),
    agency("AP", &["associated press", "the associated press", "the ap"]),
    agency("APA", &["austria presse agentur"]),
    agency("Armenpress", &[]),
    agency("Azertac", &["azertag"]),
    agency("Belga", &["belga news agency"]),
    agency("BelTA", &[]),
    agency("Bernama", &[]),
    agency("Bloomberg", &["bloomberg news"]),
    agency("BNS", &["baltic news service"]),
    agency("BTA", &["bulgarian news agency"]),
    agency("CTK", &["čtk", "czech news agency"]),
    agency("dpa", &["deutsche presse-agentur", "german press agency"]),
    agency("EFE", &["agencia efe"]),
    agency("Hina", &[]),
    agency("IANS", &["indo-asian news service"]),
    agency("Interfax", &["interfax news agency"]),
    agency("Interfax-Ukraine", &[]),
    agency("IRNA", &["islamic republic news agency"]),
    agency("KCNA", &["korean central news agency"]),
    agency("Keystone-SDA", &["keystone-ats"]),
    agency("Kyodo", &["kyodo news"]),
    agency("Lusa", &["lusa news agency"]),
    agency("MENA", &["middle east news agency"]),
    agency("MTI", &["hungarian news agency"]),
    agency("NTB", &[]),
    agency("PA", &["pa media", "press association"]),
    agency("PAP", &["polish press agency"]),
    agency("Petra", &["jordan news agency"]),
    agency("PTI", &["press trust of india"]),
    agency("RIA Novosti", &["ria"]),
    agency("Reuters", &["reuters news agency", "thomson reuters"]),
    agency("Ritzau", &[]),
    agency("SANA", &["syrian arab news agency"]),
    agency("SPA", &["saudi press agency"]),
    agency("Sputnik", &["sputnik news"]),
    agency("STT", &[]),
    agency("Tanjug", &[]),
    agency("TASS", &["itar-tass", "tass news agency", "russian news agency tass", "tass russian news agency"]),
    agency("TT", &["tt news agency"]),
    agency("Ukrinform", &[]),
    agency("UNIAN", &[]),
    agency("UPI", &["united press international"]),
    agency("VNA", &["vietnam news agency"]),
    agency("WAFA", &[]),
    agency("WAM", &["emirates news agency"]),
    agency("Xinhua", &["xinhua news agency", "xinhuanet"]),
    agency("Yonhap", &["yonhap news agency", "yonhap news"]),
    broadcaster("Al Jazeera", &["aljazeera"]),
    broadcaster("BBC", &["bbc news"]),
    broadcaster("CNN", &[]),
    broadcaster("DW", &["deutsche welle"]),
    broadcaster("Euronews", &[]),
    broadcaster("NPR", &[]),
    broadcaster("RFE/RL", &["radio free europe/radio liberty"]),
    broadcaster("The Guardian", &[]),
    broadcaster("The New York Times", &[]),
    broadcaster("VOA", &["voa news", "voice of america"]),
];

/// Whether this is the name of an agency or broadcaster and nothing else; case does not count.
pub(crate) fn is_known(name: &str) -> bool {
    find(name, false).is_some()
}

/// The usual short name of the agency with this name. Initials must be in capitals, as agencies write them: *Apa* and *Spa*
/// are towns.
pub(crate) fn agency_named(name: &str) -> Option<&'static str> {
    find(name, true).filter(|outlet| outlet.agency).map(|outlet| outlet.name)
}

fn find(name: &str, as_written: bool) -> Option<&'static Outlet> {
    let name = name.trim();
    // No name is longer.
    if name.is_empty() || name.len() > 60 {
        return None;
    }
    let lower = name.to_lowercase();
    TABLE.iter().find(|outlet| {
        let initials = outlet.name.len() <= 5 && outlet.name.chars().all(char::is_uppercase);
        let short = outlet.name.eq_ignore_ascii_case(name) && (!as_written || !initials || outlet.name == name);
        short || outlet.others.contains(&lower.as_str()) && (lower.len() > 3 || name == lower.to_uppercase())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (name, agency) in [
            ("Reuters", Some("Reuters")),
            ("REUTERS", Some("Reuters")),
            ("The Associated Press", Some("AP")),
            ("AP", Some("AP")),
            ("dpa", Some("dpa")),
            ("DPA", Some("dpa")),
            ("ITAR-TASS", Some("TASS")),
            ("TASS", Some("TASS")),
            ("BBC News", None),
            ("Spa", None),
            ("Ap", None),
            ("Oria Daily", None),
            ("", None),
        ] {
            assert_eq!(agency_named(name), agency, "{name}");
        }
        assert!(is_known("bbc news") && is_known("ap") && is_known("the guardian") && is_known("RIA"));
        assert!(!is_known("Oria Daily") && !is_known("ria"));
    }

    #[test]
    fn every_name_stands_once() {
        let names: Vec<_> =
            TABLE.iter().flat_map(|o| o.others.iter().map(|s| s.to_string()).chain([o.name.to_lowercase()])).collect();
        for (at, name) in names.iter().enumerate() {
            assert!(!names[..at].contains(name), "{name}");
            assert_eq!(*name, name.to_lowercase());
        }
    }
}
