//! Adding: texts, files, addresses and feeds into the ledger, how it goes, and what came of it.

use axum::extract::State;
use jiff::Timestamp;
use maud::{Markup, html};
use pourparler_brief::counted;
use pourparler_ledger::{FeedState, Role};

use super::Answer;
use crate::App;
use crate::jobs::{ArticleBecame, JobOut, ReportOut, State as JobState};
use crate::shell::{Page, Reader};
use crate::widgets::{article_address, words};

/// So many jobs are shown.
const SHOWN: usize = 12;
/// So many articles and failed inputs of a job are shown.
const LISTED: usize = 40;

/// `GET /add`
pub async fn page(State(app): State<App>, reader: Reader) -> Answer {
    let feeds = app.read(|ledger| ledger.watched_feeds()).await?;
    let jobs = app.jobs().list();
    let body = html! {
        div.add {
            h1 { "Add" }
            noscript { p.note { "Adding on this page needs script; " code { "pourparler add" } " on the command line needs none." } }
            @if !reader.may(Role::Editor) { p.note { "Adding is for editors; here is what they added." } }
            div.ways {
                (paste())
                div {
                    (files())
                    (addresses())
                }
            }
            (jobs_of(&jobs))
            (feeds_of(&feeds, app.jobs().watching()))
            section {
                h2 { "Read everything again" }
                p.quiet {
                    "Reads all articles anew with the " a href="/dossier" { "dossier" } " as it is now, and puts what is found in the place of "
                    "what was. What people decided stays."
                }
                button type="button" data-reextract { "Read all again" }
            }
        }
    };
    Ok(Page::new("Add").module("add.js").passing().with(&reader, &body))
}

fn paste() -> Markup {
    html! {
        section {
            h2 #paste-title { "Paste a text" }
            form.filling data-paste aria-labelledby="paste-title" {
                label { span { "Text of the article" } textarea name="text" rows="9" required {} }
                div.row {
                    label { span { "Headline" } input name="title" maxlength="500"; }
                    label { span { "Outlet" } input name="outlet" maxlength="200"; }
                }
                div.row {
                    label { span { "Published" } input type="date" name="published"; }
                    label { span { "Address" } input type="url" name="url" maxlength="2000" placeholder="https://…"; }
                }
                p.buttons { button.first { "Add the text" } }
            }
        }
    }
}

fn files() -> Markup {
    html! {
        section {
            h2 { "Files" }
            div.drop data-drop {
                p { "Drop files here: pages, PDF and Word documents, mail, archives, exports of databases, tables." }
                label.button { "Choose files" input.hidden-label type="file" multiple data-files; }
                p.aside { "512 MB each at most; the command line takes any size." }
            }
        }
    }
}

fn addresses() -> Markup {
    html! {
        section {
            h2 #addresses-title { "Addresses" }
            form.filling data-addresses aria-labelledby="addresses-title" {
                label { span { "One a line" } textarea name="addresses" rows="3" required placeholder="https://…" {} }
                p.buttons { button.first { "Fetch and add" } }
            }
        }
    }
}

fn feeds_of(feeds: &[FeedState], watching: bool) -> Markup {
    html! {
        section #feeds {
            h2 { "Feeds" }
            form.asks data-feed aria-label="Watch a feed" {
                label { span { "Address of an RSS or Atom feed" } input type="url" name="url" required maxlength="2000" placeholder="https://…"; }
                button { "Add the feed" }
                button type="button" data-poll disabled[feeds.is_empty()] { "Ask all now" }
                label { input type="checkbox" data-watching checked[watching]; " ask them by themselves while the workspace runs" }
            }
            @if feeds.is_empty() { p.quiet { "No feed is watched." } } @else {
                div.scroll role="region" aria-label="Watched feeds" tabindex="0" {
                    table {
                        thead { tr {
                            th scope="col" { "Feed" } th.number scope="col" { "Articles" } th scope="col" { "Next" } th scope="col" { "State" }
                            th scope="col" { span.hidden-label { "Remove" } }
                        } }
                        tbody { @for state in feeds { (feed(state)) } }
                    }
                }
            }
        }
    }
}

fn feed(state: &FeedState) -> Markup {
    let FeedState { feed, done, failed, given_up } = state;
    html! {
        tr {
            th scope="row" { (words(&feed.url)) }
            td.number { (done) }
            td { @match feed.next_at { Some(at) => (time(at)), None => "not asked yet" } }
            td {
                @match &feed.last_error {
                    Some(why) => span.bad { "failed " (feed.failures) " times: " (words(why)) },
                    None if feed.next_at.is_some() => "well",
                    None => "new",
                }
                @if *failed > 0 { " · " (failed) " entries to be tried again" }
                @if *given_up > 0 { " · " (given_up) " given up" }
            }
            td { button type="button" data-forget=(feed.url) aria-label={ "Remove " (feed.url) } { "Remove" } }
        }
    }
}

fn time(at: Timestamp) -> Markup {
    let shown = at.strftime("%-d %b %H:%M UTC").to_string();
    html! { time.day datetime=(at) { (shown) } }
}

fn jobs_of(jobs: &[JobOut]) -> Markup {
    html! {
        section #jobs aria-live="polite" {
            h2 { "Jobs" }
            @if jobs.is_empty() {
                p.quiet { "Nothing was added yet since the workspace was started." }
            } @else {
                ol.jobs { @for job in jobs.iter().take(SHOWN) { (self::job(job)) } }
                @if jobs.len() > SHOWN { p.quiet { "and " (jobs.len() - SHOWN) " more" } }
            }
            p.aside {
                "Jobs are done one after the other. When the workspace ends, those that wait are lost; what was stored by then stays, and "
                "giving the same again goes on where it was."
            }
        }
    }
}

fn job(job: &JobOut) -> Markup {
    let open = matches!(job.state, JobState::Waiting | JobState::Running);
    let state = match job.state {
        JobState::Waiting => "waiting",
        JobState::Running => "going on",
        JobState::Done => "done",
        JobState::Stopped => "ended before its end",
        JobState::Failed => "failed",
    };
    html! {
        li data-job=(job.id) data-state=(state) {
            div.head {
                strong { (words(&job.title)) } " "
                span.state { (state) } " " (time(job.ended.unwrap_or(job.came)))
                @if open { " " button type="button" data-cancel=(job.id) aria-label={ "Cancel " (job.title) } { "Cancel" } }
            }
            @if job.state == JobState::Running {
                progress max=[job.of] value=[job.of.map(|of| job.done.min(of))] aria-label={ "How far: " (job.title) } {}
                p.aside data-told { (job.articles) " articles" @if let Some(last) = job.told.last() { " · " (words(last)) } }
            }
            @if let Some(why) = &job.fault { p.bad { (words(why)) } }
            @if let Some(report) = &job.report { (report_of(report)) }
            @if !open && !job.told.is_empty() {
                details { summary { "What was told" } ul { @for told in &job.told { li { (words(told)) } } } }
            }
        }
    }
}

fn report_of(report: &ReportOut) -> Markup {
    let one = |a: &ArticleBecame| {
        html! { li { a href=(article_address(&a.id)) { (words(a.title.as_deref().unwrap_or(&a.id))) } " " span.aside { (a.became) } } }
    };
    html! {
        p {
            @if let Some(changed) = report.changed {
                (report.read) " articles read again, " (changed) " of them with other statements than before; "
                (report.statements) " statements in all."
            } @else {
                (counted(report.new, "new article", "new articles")) " with " (counted(report.statements, "statement", "statements"))
                @if report.copies + report.updates > 0 {
                    " (" (counted(report.copies, "copy", "copies")) ", " (counted(report.updates, "update", "updates")) ")"
                }
                ", " (report.known) " known already."
            }
        }
        @if !report.languages.is_empty() {
            p.quiet {
                "In languages that are not read: "
                @for (i, (tag, count)) in report.languages.iter().enumerate() {
                    @if i > 0 { ", " } (count) " " (pourparler_read::language_name(tag))
                }
                "."
            }
        }
        @if !report.failed.is_empty() {
            details open {
                summary { "Of " (report.failed.len() + report.more_failed) " inputs something was lost" }
                ul { @for input in report.failed.iter().take(LISTED) {
                    li { (words(&input.source)) ": " span.bad { (words(&input.reasons.join("; "))) } }
                } }
            }
        }
        @if !report.articles.is_empty() {
            details open[report.articles.len() <= 5] {
                summary { "Articles" }
                ul.lines { @for article in report.articles.iter().take(LISTED) { (one(article)) } }
                @if report.articles.len() > LISTED { p.quiet { "and more: " a href="/articles" { "all articles" } } }
            }
        }
    }
}
