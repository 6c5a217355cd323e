package dev.daybook.conformance.hosts;

import com.arjuna.ats.arjuna.common.CoreEnvironmentBeanException;
import com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean;
import com.arjuna.ats.arjuna.common.arjPropertyManager;
import com.arjuna.ats.internal.arjuna.objectstore.VolatileStore;
import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple;
import com.arjuna.common.internal.util.propertyservice.BeanPopulator;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.List;

/** Narayana's transaction manager, which keeps what it has to in memory. One for all tests. */
public final class Narayana {

  public static final TransactionManager MANAGER = manager();
  public static final TransactionSynchronizationRegistry REGISTRY =
      new TransactionSynchronizationRegistryImple();

  private Narayana() {}

  private static TransactionManager manager() {
    arjPropertyManager
        .getObjectStoreEnvironmentBean()
        .setObjectStoreType(VolatileStore.class.getName());
    for (String store : List.of("communicationStore", "stateStore")) {
      BeanPopulator.getNamedInstance(ObjectStoreEnvironmentBean.class, store)
          .setObjectStoreType(VolatileStore.class.getName());
    }
    arjPropertyManager.getCoordinatorEnvironmentBean().setTransactionStatusManagerEnable(false);
    try {
      arjPropertyManager.getCoreEnvironmentBean().setNodeIdentifier("tests");
    } catch (CoreEnvironmentBeanException e) {
      throw new IllegalStateException(e);
    }
    return com.arjuna.ats.jta.TransactionManager.transactionManager();
  }
}
