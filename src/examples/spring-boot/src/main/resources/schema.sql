create table if not exists order_list (
  id varchar(200) primary key,
  customer varchar(200) not null,
  status varchar(20) not null
);

create table if not exists sales (
  product varchar(200) not null,
  pieces integer not null
);
