package dev.cardvault.ops;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Reads the {@code @ConfigMapping} interfaces' sources: names, defaults and Javadoc. */
final class MappedSettings {

  /**
   * One property.
   *
   * @param name in full
   * @param defaultValue as written; none where it is optional
   * @param meaning its Javadoc, as Markdown
   */
  record Property(String name, @Nullable String defaultValue, String meaning) {}

  /**
   * One interface.
   *
   * @param meaning its Javadoc, as Markdown
   * @param properties in the order of the source
   */
  record Section(String prefix, String meaning, List<Property> properties) {}

  private final CompilationUnitTree unit;
  private final DocTrees documents;
  private final Map<String, ClassTree> groups = new HashMap<>();
  private final List<Property> properties = new ArrayList<>();

  private MappedSettings(CompilationUnitTree unit, DocTrees documents) {
    this.unit = unit;
    this.documents = documents;
  }

  /** The sections of every mapping below {@code sources}, by their prefix. */
  static List<Section> in(Path sources) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(sources)) {
      files = all.filter(MappedSettings::mapsSettings).sorted().toList();
    }
    if (files.isEmpty()) {
      return List.of();
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, List.of(), null, manager.getJavaFileObjectsFromPaths(files));
      List<Section> sections = new ArrayList<>();
      for (CompilationUnitTree unit : task.parse()) {
        sections.add(new MappedSettings(unit, DocTrees.instance(task)).section());
      }
      return sections;
    }
  }

  private static boolean mapsSettings(Path file) {
    try {
      return file.toString().endsWith(".java")
          && Files.readString(file).contains("\n@ConfigMapping(");
    } catch (IOException e) {
      return false;
    }
  }

  private Section section() {
    ClassTree mapping = (ClassTree) unit.getTypeDecls().get(0);
    for (Tree member : mapping.getMembers()) {
      if (member instanceof ClassTree group) {
        groups.put(group.getSimpleName().toString(), group);
      }
    }
    String prefix =
        annotation(mapping.getModifiers().getAnnotations(), "ConfigMapping").orElseThrow();
    read(mapping, prefix + ".");
    return new Section(prefix, documentation(mapping), properties);
  }

  private void read(ClassTree type, String prefix) {
    for (Tree member : type.getMembers()) {
      if (member instanceof MethodTree method && method.getBody() == null) {
        List<? extends AnnotationTree> annotations = method.getModifiers().getAnnotations();
        String name =
            prefix
                + annotation(annotations, "WithName").orElse(dashed(method.getName().toString()));
        ClassTree group = groups.get(method.getReturnType().toString());
        if (group != null && group.getKind() == Tree.Kind.INTERFACE) {
          read(group, name + ".");
        } else {
          properties.add(
              new Property(
                  name,
                  annotation(annotations, "WithDefault").orElse(null),
                  documentation(method)));
        }
      }
    }
  }

  private String documentation(Tree tree) {
    DocCommentTree comment = documents.getDocCommentTree(TreePath.getPath(unit, tree));
    if (comment == null) {
      throw new AssertionError("No Javadoc, so no manual: " + tree);
    }
    return comment.getFullBody().stream()
        .map(Object::toString)
        .collect(Collectors.joining())
        .replaceAll("\\s+", " ")
        .replaceAll("\\{@(?:code|link) #?([^}]*)}", "`$1`")
        .strip();
  }

  private static Optional<String> annotation(
      List<? extends AnnotationTree> annotations, String name) {
    return annotations.stream()
        .filter(a -> a.getAnnotationType().toString().equals(name))
        .map(a -> a.getArguments().get(0))
        .map(MappedSettings::text)
        .findFirst();
  }

  private static String text(ExpressionTree argument) {
    ExpressionTree value = argument instanceof AssignmentTree a ? a.getExpression() : argument;
    return String.valueOf(((LiteralTree) value).getValue());
  }

  private static String dashed(String camelCase) {
    return camelCase.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
