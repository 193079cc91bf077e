-- How many pictures of somebody wait to be looked at, asked whenever one is uploaded.
create index file_processing on files.file (org_id, owner_id) where state = 'processing';
