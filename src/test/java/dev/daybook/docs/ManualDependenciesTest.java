package dev.daybook.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** The dependencies that the pages show are those of the build. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ManualDependenciesTest {

  private record Coordinates(String group, String artifact, String version) {}

  @Test
  void every_dependency_that_is_shown_is_the_library_or_one_that_it_is_built_with()
      throws Exception {
    Element pom = parsed(Files.readString(Path.of("pom.xml")));
    Coordinates library = coordinates(pom);
    List<Coordinates> used = dependencies(child(pom, "dependencies"));
    List<Block> blocks = Block.all("xml");
    assertThat(blocks).isNotEmpty();
    for (Block block : blocks) {
      for (Coordinates shown : dependencies(wrapped(block))) {
        if (shown.group().equals(library.group())) {
          assertThat(shown).as(block.toString()).isEqualTo(library);
        } else {
          assertThat(used)
              .as(block.toString())
              .anyMatch(
                  it -> it.group().equals(shown.group()) && it.artifact().equals(shown.artifact()));
        }
      }
    }
  }

  /** Whether the block has dependencies and nothing else. */
  static boolean isDependencies(Block block) {
    try {
      List<Element> children = children(wrapped(block));
      return !children.isEmpty()
          && children.stream().allMatch(it -> it.getTagName().equals("dependency"));
    } catch (SAXException e) {
      return false;
    }
  }

  private static Element wrapped(Block block) throws SAXException {
    return parsed("<dependencies>" + String.join("\n", block.code()) + "</dependencies>");
  }

  private static Element parsed(String xml) throws SAXException {
    try (InputStream in = new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8))) {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(in)
          .getDocumentElement();
    } catch (IOException | ParserConfigurationException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Coordinates> dependencies(Element parent) {
    return children(parent).stream().map(ManualDependenciesTest::coordinates).toList();
  }

  private static Coordinates coordinates(Element element) {
    return new Coordinates(
        text(element, "groupId"), text(element, "artifactId"), text(element, "version"));
  }

  private static String text(Element parent, String name) {
    return children(parent).stream()
        .filter(child -> child.getTagName().equals(name))
        .map(child -> child.getTextContent().strip())
        .findFirst()
        .orElse("");
  }

  private static Element child(Element parent, String name) {
    return children(parent).stream()
        .filter(child -> child.getTagName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<Element> children(Element parent) {
    List<Element> children = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        children.add(element);
      }
    }
    return children;
  }
}
