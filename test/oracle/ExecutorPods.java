import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.k8s.KubernetesConf;
import org.apache.spark.deploy.k8s.KubernetesExecutorConf;
import org.apache.spark.deploy.k8s.SparkPod;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfile$;
import org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBuilder;
import scala.Option;

/**
 * Builds executor pods as Spark's driver does. Reads names of folders from the standard input, each with the
 * spark.properties and the template.json that a driver would have got, and answers every one with the pod as one line.
 */
public class ExecutorPods {
  public static void main(String[] unused) throws Exception {
    KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(new ConfigBuilder().withMasterUrl("http://127.0.0.1:1").withAutoConfigure(false).build())
            .build();
    BufferedReader folders = new BufferedReader(new InputStreamReader(System.in));
    for (String folder = folders.readLine(); folder != null; folder = folders.readLine()) {
      System.out.println(podOf(Path.of(folder), client));
      System.out.flush();
    }
  }

  private static String podOf(Path folder, KubernetesClient client) throws Exception {
    Properties properties = new Properties();
    try (var text = Files.newBufferedReader(folder.resolve("spark.properties"))) {
      properties.load(text);
    }
    SparkConf conf = new SparkConf(false);
    properties.forEach((key, value) -> conf.set((String) key, (String) value));
    conf.set("spark.kubernetes.executor.podTemplateFile", folder.resolve("template.json").toString());
    ResourceProfile profile = ResourceProfile$.MODULE$.getOrCreateDefaultProfile(conf);
    KubernetesExecutorConf executor =
        KubernetesConf.createExecutorConf(conf, "1", conf.get("spark.app.id"), Option.empty(), profile.id());
    SparkPod built =
        new KubernetesExecutorBuilder().buildFromFeatures(executor, securityManager(conf), client, profile).pod();
    return Serialization.jsonMapper()
        .writeValueAsString(
            new PodBuilder(built.pod()).editOrNewSpec().addToContainers(built.container()).endSpec().build());
  }

  /** The package object that names its third argument cannot be written in Java. */
  private static SecurityManager securityManager(SparkConf conf) throws Exception {
    Class<?> names = Class.forName("org.apache.spark.internal.config.package$");
    Object secretFile = names.getMethod("AUTH_SECRET_FILE").invoke(names.getField("MODULE$").get(null));
    Constructor<?> constructor = SecurityManager.class.getConstructors()[0];
    return (SecurityManager) constructor.newInstance(conf, Option.empty(), secretFile);
  }
}
