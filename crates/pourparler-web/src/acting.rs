//! In whose name a request changes something: found out before it is handled, and told to the ledger with every change that it makes.

tokio::task_local! {
    static ACTOR: String;
}

/// Handles a request in somebody's name.
pub async fn acting<T>(name: String, handling: impl Future<Output = T>) -> T {
    ACTOR.scope(name, handling).await
}

/// In whose name the request at hand changes something; `None` outside of any.
pub fn actor() -> Option<String> {
    ACTOR.try_with(Clone::clone).ok()
}
