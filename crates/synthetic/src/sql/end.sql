alter table startup enable trigger user;
alter table person enable trigger user;
alter table affiliation enable trigger user;
alter table document enable trigger user;
alter table evidence enable trigger user;
alter table deal enable trigger user;
alter table operation enable trigger user;
commit;
