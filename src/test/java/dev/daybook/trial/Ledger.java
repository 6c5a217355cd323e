package dev.daybook.trial;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row by JPA. */
@Entity
@Table(name = "ledger")
public class Ledger {
  @Id private String id = "";

  private long cents;

  protected Ledger() {}

  Ledger(String id, long cents) {
    this.id = id;
    this.cents = cents;
  }

  @Override
  public String toString() {
    return id + ": " + cents;
  }
}
