-- With which initial password a session began: whoever has just typed it need not type it again to choose one of their own.
-- Null for every other session.
alter table identity.session add column opened_by text;
