import java.io.IOException;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Computes Pi by the midpoint rule for the integral of 4 / (1 + x^2) from 0 to 1: every task sums its own share of the
 * points. Argument: the number of tasks (default 2).
 */
public final class JavaPi {
  private static final int POINTS_PER_TASK = 1_000_000;

  private JavaPi() {}

  public static void main(String[] args) throws IOException {
    int tasks = args.length > 0 ? Integer.parseInt(args[0]) : 2;
    long points = (long) tasks * POINTS_PER_TASK;
    try (SparkSession session = SparkSession.builder().appName("JavaPi").getOrCreate();
        JavaSparkContext context = new JavaSparkContext(session.sparkContext())) {
      double sum =
          context
              .parallelize(IntStream.range(0, tasks).boxed().toList(), tasks)
              .map(task -> sumOfShare(task, tasks, points))
              .reduce(Double::sum);
      System.out.println("Pi is roughly " + sum / points);
    }
  }

  private static double sumOfShare(int task, int tasks, long points) {
    double sum = 0;
    for (long point = task; point < points; point += tasks) {
      double x = (point + 0.5) / points;
      sum += 4 / (1 + x * x);
    }
    return sum;
  }
}
