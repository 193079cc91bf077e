-- Jobs that wait for a process of their own keep nobody waiting who does not.
alter table kernel.job drop constraint job_class_check;
alter table kernel.job add constraint job_class_check check (class in ('light', 'heavy', 'apart'));
