package dev.daybook.sqlcatalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the catalogue, and how a statement is laid out in them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CatalogueFilesTest {

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "postgresql"})
  void no_line_is_longer_than_119_columns(String dialect) throws IOException {
    List<CatalogueFile> files = CatalogueFile.of(dialect);
    assertThat(files).isNotEmpty();
    for (CatalogueFile file : files) {
      assertThat(Files.readAllLines(file.path()))
          .as("%s", file.path())
          .allSatisfy(line -> assertThat(line).hasSizeLessThan(120));
    }
  }

  @Test
  void a_long_statement_is_broken_and_its_quoted_text_is_not() {
    String quoted = "'a  text, (with from and where " + "x ".repeat(20) + "'";
    assertThat(
            SqlLayout.lines(
                "select t.a, case when (t.b = 1 and t.c = "
                    + quoted
                    + ") then 1 else 0 end, t.d from t where (t.e = ? and t.f between ? and ?)"))
        .isEqualTo(
            """
            select t.a,
              case
                when (t.b = 1 and t.c = %s) then 1
                else 0 end,
              t.d
            from t
            where (t.e = ?
              and t.f between ? and ?)"""
                .formatted(quoted));
  }

  @Test
  void what_runs_is_found_again_behind_names_and_space() {
    assertThat(CatalogueFile.comparable(NamedSql.places("a = :b_2\n  and c::text = ':d  e'")))
        .isEqualTo(CatalogueFile.comparable("a = ? and c::text = ':d  e'"));
  }
}
