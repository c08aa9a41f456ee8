//! Words by which outlets, platforms and those who give out words are known, and words that stand around them.

/// Outlets known all over the world whose names do not show what they are.
pub(crate) const OUTLETS: &str = "\
    Reuters, AP, Associated Press, AFP, Agence France-Presse, UPI, DPA, EFE, ANSA, Ansa, TASS, Tass, ITAR-TASS, \
    RIA, RIA Novosti, Interfax, Xinhua, IRNA, Irna, ISNA, Isna, Tasnim, SANA, WAFA, Wafa, KCNA, Yonhap, Kyodo, \
    Anadolu, Bernama, PTI, Antara, Ukrinform, UNIAN, BelTA, RT, Sputnik, BBC, CNN, CNBC, NBC, MSNBC, ABC, CBS, \
    NPR, PBS, ITV, ZDF, ARD, RTL, RAI, Rai, RTE, CBC, NHK, CCTV, CGTN, France 24, Euronews, Bloomberg, Al Jazeera, \
    Al-Jazeera, al-Jazeera, Aljazeera, Al Arabiya, Al-Arabiya, Al-Manar, Al Mayadeen, Voice of America, VOA, RFE/RL, Deutsche Welle, \
    Politico, Axios, Newsweek, Der Spiegel, Die Zeit, Bild, Le Monde, Le Figaro, El País, El Pais, \
    Corriere della Sera, La Repubblica, Haaretz, Kommersant, Guardian, Asharq Al-Awsat, Al-Hayat, Al-Ahram, \
    USA Today, \
    Fars, Rudaw, Kurdistan 24, Shafaq, Tolo, TOLOnews, Pajhwok, NDTV, ANI, IANS, Prothom Alo, Irrawaddy, Mizzima, Rappler, \
    ABS-CBN, Kompas, Nikkei, Asahi Shimbun, Mainichi, Yomiuri, Yomiuri Shimbun, Jiji, Chosun Ilbo, JoongAng Ilbo, Hankyoreh, Novaya \
    Gazeta, Meduza, Vedomosti, Izvestia, Nezavisimaya Gazeta, Rossiyskaya Gazeta, Komsomolskaya Pravda, Ekho Moskvy, Echo of \
    Moscow, Dozhd, RBC, RBK, Ukrainska Pravda, Ukrayinska Pravda, Suspilne, Hromadske, Zerkalo Nedeli, Belsat, Delfi, BNS, LETA, \
    Gazeta Wyborcza, Rzeczpospolita, TVN, TVP, Tanjug, B92, FoNet, Agerpres, Mediafax, MTI, Kathimerini, SABC, News24, SUNA, \
    Radio Dabanga, Garowe, Shabelle, Hiiraan, AllAfrica, Jeune Afrique, ThisDay, Maariv, Ma'ariv, Yedioth Ahronoth, Yedioth \
    Aharonot, Ynet, Israel Hayom, An-Nahar, Al-Akhbar, Al-Quds Al-Arabi, Okaz, Hürriyet, Hurriyet, Milliyet, Cumhuriyet, TRT, CNN \
    Turk, CNN Türk, Libération, Le Parisien, L'Express, L'Équipe, BFM, France Info, Süddeutsche Zeitung, Frankfurter Allgemeine \
    Zeitung, Die Welt, Handelsblatt, Neue Zürcher Zeitung, Le Temps, El Mundo, La Vanguardia, La Stampa, Il Messaggero, Folha de \
    S.Paulo, O Globo, Estadão, Agência Brasil, Agência Estado, Agência Lusa, Clarín, Clarin, La Nación, La \
    Nacion, Telam, Télam, El Universal, Milenio, La Jornada, Notimex, Prensa Latina, Granma, Telesur, teleSUR, El Tiempo, El \
    Espectador, El Comercio, El Nacional, Globovisión, Globovision, CTV, Globe and Mail, STV, Sydney Morning Herald, RNZ, ARY, \
    Aftenposten, Dagbladet, NRK, Dagens Nyheter, Svenska Dagbladet, Aftonbladet, Expressen, SVT, Berlingske, Jyllands-Posten, \
    Ritzau, Helsingin Sanomat, YLE, Yle, De Telegraaf, De Volkskrant, NOS, ANP, Belga, De Standaard, Le Soir, VRT, RTBF, Rolling \
    Stone, Forbes, Vanity Fair, National Geographic, Scientific American, ProPublica, BuzzFeed, Daily Beast, Breitbart, ESPN, \
    Al-Masdar, Al-Monitor, Middle East Eye, Bellingcat, Fox Business, Les Echos, Les Échos, Le Point, Mediapart, France Inter, TF1, LCI, \
    CNews, RMC, RFI, ORF, Der Standard, Die Presse, SRF, taz, n-tv, Deutschlandfunk, Repubblica, La7, TVE, RTVE, Antena 3, Cadena SER, RTP, Expresso, \
    Público, ERT, Skai, To Vima, CyBC, Azertac, APA, Armenpress, Armenian Public Radio, Interpress, Imedi, RTS, RTK, N1, Blic, Politika, Danas, Koha \
    Ditore, Vijesti, BHRT, FENA, HINA, STA, Makfax, BTA, HotNews, Digi24, Telex, HVG, TASR, CTK, ČTK, PAP, ERR, Postimees, LRT, LSM, TV2, DR, \
    STT, MTV3, i24NEWS, i24, Kan, Walla, Al-Masirah, al-Masirah, Al Masirah, Almasirah, Saba, SPA, WAM, QNA, KUNA, ONA, BNA, MENA, Petra, Al-Hadath, \
    Al Hadath, Al-Araby, LBCI, NNA, Annahar, L'Orient-Le Jour, Enab Baladi, ENA, Fana, Shabait, Eri-TV, Goobjoog, Radio Okapi, IGIHE, RBA, New Vision, \
    Premium Times, Hespress, El Watan, El Khabar, Mosaique, eNCA, Daily Maverick, Infobae, Caracol, RCN, Semana, El Pitazo, NTN24, RPP, Página 12, La \
    Tercera, UOL, Dawn, Geo, Samaa, WION, Kantipur, bdnews24, Caixin, Semafor, Newsmax, Punchbowl, C-SPAN, Sky";

/// Countries, and outlets whose reports leave out which country's an office is where it is theirs; those that report from all over the
/// world for readers everywhere are not among them.
pub(crate) const AT_HOME: [(&str, &str); 19] = [
    ("Ukraine", "Kyiv Independent, Kyiv Post, Ukrainska Pravda, Ukrinform, Interfax-Ukraine, UNIAN"),
    ("Russia", "TASS, Tass, ITAR-TASS, Interfax, RIA Novosti, Sputnik, RT, Moscow Times, Kommersant, Izvestia"),
    ("Pakistan", "Dawn, Express Tribune, Geo, Pakistan Today, Nation Pakistan"),
    ("India", "Hindu, Times of India, Hindustan Times, Indian Express, NDTV, PTI, ANI"),
    ("China", "Xinhua, Global Times, China Daily, CGTN, People's Daily"),
    ("Turkey", "Anadolu, Anadolu Agency, Daily Sabah, Hurriyet, Hürriyet, Hurriyet Daily News, TRT World"),
    ("South Korea", "Yonhap, Korea Herald, Korea Times, JoongAng Ilbo, Chosun Ilbo, Hankyoreh"),
    ("Japan", "Kyodo, Kyodo News, Japan Times, NHK, Asahi Shimbun, Mainichi, Yomiuri Shimbun, Japan Today"),
    ("Israel", "Haaretz, Times of Israel, Jerusalem Post, Ynet, Israel Hayom, i24NEWS"),
    ("Iran", "IRNA, Tasnim, Fars, Tehran Times, Press TV"),
    ("Thailand", "Bangkok Post, Nation Thailand"),
    ("Indonesia", "Jakarta Post, Antara"),
    ("Philippines", "Rappler, Philippine Daily Inquirer, Philippine Star, Manila Times"),
    ("Singapore", "Straits Times"),
    ("Kenya", "Daily Nation, Nation, Standard Kenya"),
    ("Nigeria", "Premium Times, Punch, Vanguard"),
    ("South Africa", "Daily Maverick, Mail & Guardian, News24"),
    ("Ireland", "Irish Times, RTE, RTÉ, Irish Independent"),
    ("Canada", "CBC, CBC News, Globe and Mail, Toronto Star, CTV"),
];

/// Last words of newspapers that have their article in their name: *The Guardian*, *The Washington Post*.
pub(crate) const WITH_ARTICLE: &str = "\
    Guardian, Times, Post, Telegraph, Journal, Herald, Tribune, Independent, Economist, Observer, Globe, Mail, Atlantic, Mirror";

/// Platforms that people speak on.
pub(crate) const PLATFORMS: &str = "\
    Twitter, Facebook, Instagram, Telegram, Truth Social, WhatsApp, YouTube, TikTok, LinkedIn, Weibo, WeChat, \
    VKontakte, VK, Bluesky, Mastodon, Threads, Reddit, Viber, Substack, X";

/// Last words of outlets' names.
pub(crate) const OUTLET_WORDS: &str = "\
    News, TV, Television, Radio, Times, Post, Herald, Tribune, Gazette, Chronicle, Telegraph, Journal, Bulletin, Inquirer, Examiner, \
    Broadcasting, Broadcaster, Mail, Press, Daily, Newspaper, Magazine, Media, Network, Channel";

/// First words of outlets' names of more than one word.
pub(crate) const OPENING_WORDS: &str = "Radio, Daily, Channel, TV, Agence, Télévision, Televisión, Rádio";

/// Words of an outlet's name that do not make one by themselves.
pub(crate) const NAME_PARTS: &str = "\
    Agency, English, Arabic, World, Sport, Online, Corporation, Service, International, Today";

/// Last words that make another thing of a name that looks like an outlet's: *National Press Club*, *Guardian Council*.
pub(crate) const NO_OUTLETS: &str = "\
    Club, Secretary, Office, Officer, Conference, Corps, Council, Commission, Committee, Minister, Ministry, \
    Union, Institute, Center, Centre, Foundation, Department, Authority, Square, Adviser, Act, Law, Summit, Forum";

/// Nouns that describe an outlet, in lower case.
pub(crate) const DESCRIPTIONS: &str = "\
    newspaper, newspapers, television, tv, radio, channel, magazine, website, broadcaster, daily, weekly, network, \
    station, news, agency, agencies, site, portal, outlet, media";

/// Adjectives that name an outlet together with such a noun.
pub(crate) const OWNERSHIP: &str = "\
    state, state-run, state-owned, state-controlled, public, national, official, semi-official, local, \
    independent, pro-government, opposition, army, military";

/// Nouns before which such a description is none, but describes a person or a thing itself: *news conference*.
pub(crate) const DESCRIBED: &str = "\
    host, presenter, personality, star, owner, executive, chief, boss, mogul, tower, address, speech, report, \
    reports, conference, agenda";

/// Words that bring in a carrier.
pub(crate) const CARRYING: &str = "\
    told, tell, tells, telling, by, on, via, through, with, to, from, in, per, citing, cites, cited, quoting";

/// Words that bring in a carrier whatever its name is like.
pub(crate) const BRINGING_ANY: &str = "told, tell, tells, telling, with, citing, quoting, per";

/// Those who write down what is said, for an outlet.
pub(crate) const REPORTERS: &str = "reporter, correspondent, journalist";

/// Words that bring in a platform.
pub(crate) const POSTING: &str = "on, via, through, in, using, over, his, her, its, their, a, an, to";

/// Participles after which *by* names who gave words out.
pub(crate) const GIVEN_OUT: &str = "\
    published, released, posted, issued, shared, carried, quoted, cited, seen, obtained, reviewed, reported, \
    broadcast, aired, distributed, circulated, provided, relayed, tweeted, leaked";

/// Verbs of an outlet that carries another's words.
pub(crate) const REPORTING: &str = "\
    quoted, quotes, quote, quoting, cited, cites, cite, citing, reported, reports, report, broadcast, aired, carried";

/// Heads of the bodies that give out words and are no outlets.
pub(crate) const OFFICES: &str = "\
    office, ministry, embassy, service, department, secretariat, presidency, government, administration, mission, \
    delegation, spokesman, spokeswoman, campaign, party, army, military, command, palace, company, group, movement";

/// Words that end the way back from an outlet to the word that brings it in.
pub(crate) const STOPS: &str = "\
    of, and, or, but, that, who, which, as, is, was, are, were, said, says, after, before, for, than, while, \
    because";

/// Small words that are no names even with a capital.
pub(crate) const SMALL: &str = "\
    on, in, at, by, to, the, a, an, and, but, or, as, with, from, via, through, according, speaking, he, she, it, \
    they, his, her, its, their, this, that, web, for, of, after, before, when, while, also, citing, quoting, i, we";

/// Days and months stand beside names without being part of them.
pub(crate) const CALENDAR: &str = "\
    Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday, January, February, March, April, May, June, \
    July, August, September, October, November, December";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_can_be_met() {
        for list in [OUTLETS, PLATFORMS, OUTLET_WORDS, WITH_ARTICLE] {
            for name in list.split(", ") {
                // A line that ends in a hyphen would put a space behind it; names of more words are not looked for.
                assert!(
                    !name.contains("- ") && name == name.trim() && (1..=3).contains(&name.split(' ').count()),
                    "{name}"
                );
            }
        }
    }
}
