-- Messages are indexed by what people read, no longer by their Markdown source: everything is indexed anew, by the job
-- chat.index_messages (its places begin again in chat's migration of the same time).
truncate search.entry;
