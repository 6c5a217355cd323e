package dev.daybook.internal.statements;

import java.util.List;
import org.jooq.Param;

/** The parameters of a script, which only this package knows. */
public final class ScriptParameters {

  private ScriptParameters() {}

  /** The parameters, one for each place in the text of the script. */
  public static List<Param<?>> of(Script script) {
    return script.texts(false, false).stream().flatMap(text -> text.params().stream()).toList();
  }
}
