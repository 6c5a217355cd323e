package dev.daybook.docs;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.context.ConfigurableApplicationContext;

/** Runs the main class of a service with Spring Boot, and says at which port it can be reached. */
final class ServedExample {

  static final String PORT = "port=";

  private ServedExample() {}

  /**
   * Calls a main class.
   *
   * @param args its name, and its arguments
   */
  public static void main(String[] args) throws ReflectiveOperationException {
    Method main = Class.forName(args[0]).getMethod("main", String[].class);
    String[] arguments = Arrays.copyOfRange(args, 1, args.length);
    SpringApplication.withHook(
        application ->
            new SpringApplicationRunListener() {
              @Override
              public void ready(ConfigurableApplicationContext ready, Duration taken) {
                System.out.println(PORT + ready.getEnvironment().getProperty("local.server.port"));
              }
            },
        () -> call(main, arguments));
  }

  private static void call(Method main, String[] arguments) {
    try {
      main.invoke(null, (Object) arguments);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the main class has failed", e);
    }
  }
}
