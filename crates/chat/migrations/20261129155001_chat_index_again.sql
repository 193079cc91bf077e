-- See search_read_text: the index is empty and is filled again from the first message that is still kept.
truncate chat.indexed;
