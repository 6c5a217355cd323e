package dev.daybook.spring.boot.test;

import dev.daybook.spring.boot.DaybookListener;
import dev.daybook.spring.boot.test.Ticket.Sold;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Has the listener method of the class below it. */
class Sender {

  final List<String> sent = new CopyOnWriteArrayList<>();

  @DaybookListener(name = "mails")
  void send(Sold sold) {
    sent.add(sold.seat());
  }
}
