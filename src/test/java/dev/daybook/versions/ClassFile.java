package dev.daybook.versions;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a class file declares and what it refers to. It is read as bytes, because the class may need
 * a newer Java than the one that runs.
 *
 * @param name with slashes, as in the file
 * @param parents the superclass and the interfaces
 * @param members fields and methods: the name and, behind a blank, the descriptor
 * @param classes the classes that are named
 * @param references the fields and methods of classes that are used
 */
record ClassFile(
    String name,
    List<String> parents,
    Set<String> members,
    Set<String> classes,
    Set<Reference> references) {

  /**
   * A use of a field or a method.
   *
   * @param owner the class it is looked for in
   * @param member its name and, behind a blank, its descriptor
   */
  record Reference(String owner, String member) {
    @Override
    public String toString() {
      return owner.replace('/', '.') + "." + member;
    }
  }

  private static final int MAGIC = 0xCAFEBABE;
  private static final int UTF8 = 1;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;
  private static final int CLASS = 7;
  private static final int FIELD = 9;
  private static final int METHOD = 10;
  private static final int INTERFACE_METHOD = 11;

  static ClassFile read(InputStream bytes) throws IOException {
    DataInputStream in = new DataInputStream(bytes);
    if (in.readInt() != MAGIC) {
      throw new IOException("no class file");
    }
    in.skipNBytes(4);
    Constants constants = Constants.read(in);
    in.skipNBytes(2);
    String name = constants.className(in.readUnsignedShort());
    List<String> parents = new ArrayList<>();
    int superclass = in.readUnsignedShort();
    if (superclass != 0) {
      parents.add(constants.className(superclass));
    }
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      parents.add(constants.className(in.readUnsignedShort()));
    }
    Set<String> members = new HashSet<>();
    members.addAll(members(in, constants));
    members.addAll(members(in, constants));
    return new ClassFile(name, parents, members, constants.classes(), constants.references());
  }

  private static List<String> members(DataInputStream in, Constants constants) throws IOException {
    List<String> members = new ArrayList<>();
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      in.skipNBytes(2);
      members.add(
          constants.text(in.readUnsignedShort()) + " " + constants.text(in.readUnsignedShort()));
      for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
        in.skipNBytes(2);
        in.skipNBytes(in.readInt());
      }
    }
    return members;
  }

  /** The constant pool: by index, of each entry its kind and what it consists of. */
  private static final class Constants {

    private final int[] kinds;
    private final int[][] parts;
    private final @Nullable String[] texts;

    private Constants(int count) {
      this.kinds = new int[count];
      this.parts = new int[count][];
      this.texts = new @Nullable String[count];
    }

    static Constants read(DataInputStream in) throws IOException {
      int count = in.readUnsignedShort();
      Constants constants = new Constants(count);
      for (int i = 1; i < count; i++) {
        int kind = in.readUnsignedByte();
        constants.kinds[i] = kind;
        switch (kind) {
          case UTF8 -> constants.texts[i] = in.readUTF();
          case LONG, DOUBLE -> {
            in.skipNBytes(8);
            // Each of these takes two places.
            i++;
          }
          case CLASS, 8, 16, 19, 20 -> constants.parts[i] = new int[] {in.readUnsignedShort()};
          case 3, 4 -> in.skipNBytes(4);
          case 15 -> in.skipNBytes(3);
          default ->
              constants.parts[i] = new int[] {in.readUnsignedShort(), in.readUnsignedShort()};
        }
      }
      return constants;
    }

    String text(int index) {
      String text = texts[index];
      if (text == null) {
        throw new IllegalStateException("constant " + index + " is no text");
      }
      return text;
    }

    String className(int index) {
      return text(parts[index][0]);
    }

    Set<String> classes() {
      Set<String> classes = new HashSet<>();
      for (int i = 1; i < kinds.length; i++) {
        if (kinds[i] == CLASS && !className(i).startsWith("[")) {
          classes.add(className(i));
        }
      }
      return classes;
    }

    Set<Reference> references() {
      Set<Reference> references = new HashSet<>();
      for (int i = 1; i < kinds.length; i++) {
        boolean member = kinds[i] == FIELD || kinds[i] == METHOD || kinds[i] == INTERFACE_METHOD;
        if (member && !className(parts[i][0]).startsWith("[")) {
          int[] nameAndType = parts[parts[i][1]];
          references.add(
              new Reference(
                  className(parts[i][0]), text(nameAndType[0]) + " " + text(nameAndType[1])));
        }
      }
      return references;
    }
  }
}
