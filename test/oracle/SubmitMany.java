import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs spark-submit many times in one Java machine, because starting one takes seconds. Reads names of files from the
 * standard input, each with the arguments of one submission, divided by NUL; answers every one with a line of its own.
 */
public class SubmitMany {
  public static void main(String[] unused) throws Exception {
    BufferedReader files = new BufferedReader(new InputStreamReader(System.in));
    for (String file = files.readLine(); file != null; file = files.readLine()) {
      String[] arguments = Files.readString(Path.of(file)).split("\0", -1);
      System.out.println(submit(arguments));
      System.out.flush();
    }
  }

  private static String submit(String[] arguments) {
    try {
      new org.apache.spark.deploy.SparkSubmit().doSubmit(arguments);
      return "submitted";
    } catch (Throwable failure) {
      return ("refused " + failure).replace('\n', ' ');
    }
  }
}
