//! Three replicas on one PostgreSQL, while the one that reads is killed, stopped and continued,
//! and PostgreSQL itself goes away: nobody ever sees half a batch, nobody writes after its lease
//! has passed on, and in the end all three say what the files say.

mod cluster;
mod files;
mod ledger;
mod reader;
mod replica;

use std::path::Path;
use std::time::{Duration, Instant};

use cluster::Cluster;
use files::Organisation;
use ledger::Ledger;
use reader::Reader;
use replica::Replica;

/// How long anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(90);

struct Portal {
    cluster: Cluster,
    files: Organisation,
    replicas: [Replica; 3],
    readers: [Reader; 3],
}

#[test]
fn replicas_agree_with_the_files_whatever_happens_to_the_one_that_reads() {
    let Some(cluster) = Cluster::start() else {
        eprintln!("skipped: PostgreSQL is not installed, and PERILUNE_TEST_POSTGRES is not set");
        return;
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let mut portal = Portal::start(cluster, folder.path());
        portal.everybody_sees("the first generation", 1);
        the_reader_is_killed_in_its_transaction(&mut portal).await;
        the_reader_is_stopped_while_it_reads(&mut portal).await;
        the_reader_is_stopped_in_its_transaction(&mut portal).await;
        the_database_goes_away(&mut portal).await;
        portal.check().await;
    });
}

/// What it had written of its batch is undone, and another replica writes all of it.
async fn the_reader_is_killed_in_its_transaction(portal: &mut Portal) {
    let before = portal.ledger().await.holder().await;
    let victim = portal.replica_of(before.process);
    let mut obstacle = portal.ledger().await.obstacle().await;
    portal.files.publish(2);
    obstacle.somebody_is_caught().await;
    portal.replicas[victim].kill();
    obstacle.remove().await;

    let others: Vec<usize> = (0..3).filter(|other| *other != victim).collect();
    portal.wait("the others have it", |portal| {
        others.iter().all(|other| portal.readers[*other].sees(2))
    });
    let after = portal.ledger().await.holder().await;
    assert_ne!(after.process, before.process);
    assert_eq!(after.epoch, before.epoch + 1);
    portal.restart(victim);
    portal.everybody_sees("the second generation", 2);
}

/// It wakes with a batch in hand that is older than what another replica has written meanwhile: the
/// fence refuses it.
async fn the_reader_is_stopped_while_it_reads(portal: &mut Portal) {
    let before = portal.ledger().await.holder().await;
    let victim = portal.replica_of(before.process);
    let opened = portal.files.prepare(3);
    portal.files.publish(3);
    opened.recv_timeout(PATIENCE).expect("the files are read");
    portal.replicas[victim].stop();
    let generation = portal.ledger().await.generation().await;
    assert_eq!(generation, "2", "it was stopped before it wrote");

    let others: Vec<usize> = (0..3).filter(|other| *other != victim).collect();
    portal.wait("the others have it", |portal| {
        others.iter().all(|other| portal.readers[*other].sees(3))
    });
    let after = portal.ledger().await.holder().await;
    assert_eq!(after.epoch, before.epoch + 1);
    portal.files.publish(4);
    portal.wait("they have what came after it, too", |portal| {
        others.iter().all(|other| portal.readers[*other].sees(4))
    });
    assert_eq!(portal.replicas[victim].log_lines("was not written"), 0);
    portal.replicas[victim].go_on();
    portal.wait("its write is refused", |portal| {
        portal.replicas[victim].log_lines("was not written") == 1
    });
    portal.everybody_sees("the fourth generation", 4);
    assert_eq!(portal.ledger().await.holder().await, after);
}

/// Its transaction, with all its locks, ends before its lease does.
async fn the_reader_is_stopped_in_its_transaction(portal: &mut Portal) {
    let before = portal.ledger().await.holder().await;
    let victim = portal.replica_of(before.process);
    let mut obstacle = portal.ledger().await.obstacle().await;
    portal.files.publish(5);
    obstacle.somebody_is_caught().await;
    portal.replicas[victim].stop();
    obstacle.remove().await;

    let others: Vec<usize> = (0..3).filter(|other| *other != victim).collect();
    portal.wait("the others have it", |portal| {
        others.iter().all(|other| portal.readers[*other].sees(5))
    });
    let after = portal.ledger().await.holder().await;
    assert_eq!(after.epoch, before.epoch + 1);
    portal.replicas[victim].go_on();
    portal.everybody_sees("the fifth generation", 5);
}

/// What is in memory goes on being served, the log is not flooded, and what changed meanwhile
/// is caught up with.
async fn the_database_goes_away(portal: &mut Portal) {
    let lines: Vec<usize> = portal.replicas.iter().map(Replica::errors).collect();
    portal.cluster.stop();
    portal.files.publish(6);
    let away = Instant::now();
    // Longer than a lease lasts.
    while away.elapsed() < Duration::from_secs(12) {
        for replica in &portal.replicas {
            assert_eq!(replica.get("/readyz").unwrap().status, 200);
            assert_eq!(replica.get(files::PAGE).unwrap().status, 200);
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    portal.cluster.start_again();
    portal.everybody_sees("the sixth generation", 6);
    for (replica, before) in portal.replicas.iter().zip(lines) {
        let errors = replica.errors() - before;
        assert!(errors <= 6, "{errors} in one outage: {}", replica.log());
    }
}

impl Portal {
    fn start(cluster: Cluster, folder: &Path) -> Self {
        let files = Organisation::new(folder);
        files.publish(1);
        let replicas = [0, 1, 2].map(|number| Replica::start(folder, number, cluster.url()));
        let readers = [0, 1, 2].map(|number: usize| Reader::of(&replicas[number]));
        Self {
            cluster,
            files,
            replicas,
            readers,
        }
    }

    fn restart(&mut self, number: usize) {
        let folder = self.files.folder().to_owned();
        self.replicas[number] = Replica::start(&folder, number, self.cluster.url());
        self.readers[number].move_to(&self.replicas[number]);
    }

    async fn ledger(&self) -> Ledger {
        Ledger::open(self.cluster.url()).await
    }

    fn replica_of(&self, process: u32) -> usize {
        let found = self.replicas.iter().position(|own| own.id() == process);
        found.expect("the holder is one of the three")
    }

    fn everybody_sees(&self, what: &str, generation: u32) {
        self.wait(what, |portal| {
            portal.readers.iter().all(|reader| reader.sees(generation))
        });
    }

    fn wait(&self, what: &str, mut done: impl FnMut(&Self) -> bool) {
        let start = Instant::now();
        while !done(self) {
            for reader in &self.readers {
                reader.check();
            }
            assert!(
                start.elapsed() < PATIENCE,
                "{what} in time: {}",
                self.logs()
            );
            std::thread::sleep(Duration::from_millis(20));
        }
        eprintln!("{:>6} ms until {what}", start.elapsed().as_millis());
    }

    fn logs(&self) -> String {
        self.replicas.iter().map(Replica::log).collect()
    }

    /// Everything, entity by entity.
    async fn check(mut self) {
        // Entities that vanished take a moment longer than those that changed.
        let wanted = self.files.read(6);
        let start = Instant::now();
        while self.ledger().await.entities().await.len() != wanted.len() {
            assert!(start.elapsed() < PATIENCE, "what vanished is gone in time");
            std::thread::sleep(Duration::from_millis(50));
        }
        let stored = self.ledger().await.entities().await;
        files::compare("the database", &wanted, &stored);
        self.wait("everything is served", |portal| {
            let counts = portal
                .replicas
                .iter()
                .map(|replica| replica.entities().len());
            counts.into_iter().all(|count| count == wanted.len())
        });
        let served = self.replicas.each_ref().map(Replica::entities);
        for (number, served) in served.iter().enumerate() {
            files::compare(&format!("replica {number}"), &wanted, served);
        }
        // Uid, etag, relations and all.
        assert!(served[0] == served[1] && served[1] == served[2]);
        self.ledger().await.check_epochs().await;
        for reader in &mut self.readers {
            let answers = reader.finish();
            eprintln!("{answers} answers, each of one generation");
            assert!(answers > 50);
        }
    }
}
