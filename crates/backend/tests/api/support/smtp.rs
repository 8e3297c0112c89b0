//! A mail server of the test's own, spoken to over TCP and, where it is to be, TLS.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use portico_backend::outlets::{Outlet, Outlets, Smtp, SmtpSettings};
use sea_orm::ConnectionTrait as _;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufStream};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, pem::PemObject as _};

/// How the server wants to be spoken to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Security {
    Clear,
    StartTls,
    Tls,
}

/// What a server saw and is to answer.
#[derive(Default)]
struct Book {
    /// The messages, headers and all.
    received: Mutex<Vec<String>>,
    /// `AUTH` lines.
    signed_in: Mutex<Vec<String>>,
    /// Answers to the next `RCPT`, instead of 250.
    refusals: Mutex<VecDeque<&'static str>>,
    /// After how many messages it dies in the middle of the next one.
    dies_after: Mutex<Option<usize>>,
    death: Notify,
    /// What happens in which database before the next message is said to be kept.
    meddling: Mutex<Option<(String, String)>>,
}

impl Book {
    fn dies_now(&self) -> bool {
        let received = self.received.lock().unwrap().len();
        *self.dies_after.lock().unwrap() == Some(received)
    }
}

pub(crate) struct SmtpServer {
    port: u16,
    security: Security,
    certificate: String,
    acceptor: TlsAcceptor,
    book: Arc<Book>,
}

impl SmtpServer {
    pub(crate) async fn start(security: Security) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let own = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let key = PrivateKeyDer::from_pem_slice(own.signing_key.serialize_pem().as_bytes()).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![own.cert.der().clone()], key)
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let server = Self {
            port,
            security,
            certificate: own.cert.pem(),
            acceptor,
            book: Arc::new(Book::default()),
        };
        server.listen(listener);
        server
    }

    fn listen(&self, listener: TcpListener) {
        let (security, acceptor, book) = (self.security, self.acceptor.clone(), Arc::clone(&self.book));
        tokio::spawn(async move {
            let mut conversations = JoinSet::new();
            loop {
                tokio::select! {
                    Ok((stream, _)) = listener.accept() => {
                        conversations.spawn(converse(stream, security, acceptor.clone(), Arc::clone(&book)));
                    }
                    // With it go the port and every conversation.
                    () = book.death.notified() => return,
                }
            }
        });
    }

    /// Lets the server take `messages` and die in the middle of the one after them.
    pub(crate) fn die_after(&self, messages: usize) {
        *self.book.dies_after.lock().unwrap() = Some(messages);
    }

    /// Starts the server anew, at the same port and with what it has received.
    pub(crate) async fn revive(&self) {
        *self.book.dies_after.lock().unwrap() = None;
        let listener = TcpListener::bind(("127.0.0.1", self.port)).await.unwrap();
        self.listen(listener);
    }

    /// The way to this server; with `trusted` its certificate is one that counts.
    pub(crate) fn outlets(&self, trusted: bool) -> Outlets {
        self.outlets_as(self.security, trusted)
    }

    /// The same for a server that is expected to be spoken to in another way.
    pub(crate) fn outlets_as(&self, security: Security, trusted: bool) -> Outlets {
        let (scheme, query) = match security {
            Security::Clear => ("smtp", "?tls=none"),
            Security::StartTls => ("smtp", ""),
            Security::Tls => ("smtps", ""),
        };
        let smtp = Smtp::new(SmtpSettings {
            url: format!("{scheme}://crm@localhost:{}{query}", self.port),
            password: Some("canary-smtp-password".to_owned()),
            from: "Portico <no-reply@portico.example>".to_owned(),
            authority: trusted.then(|| self.certificate.clone().into_bytes()),
            own_name: "portico.example".to_owned(),
        });
        Outlets {
            mail: Outlet::Smtp(Box::new(smtp.unwrap())),
            sms: Outlet::Nowhere,
        }
    }

    /// Lets the next recipient be answered with `reply`.
    pub(crate) fn refuse_next(&self, reply: &'static str) {
        self.book.refusals.lock().unwrap().push_back(reply);
    }

    /// Lets `sql` happen in the database at `url` before the next message is said to be kept.
    pub(crate) fn before_the_answer(&self, url: &str, sql: &str) {
        *self.book.meddling.lock().unwrap() = Some((url.to_owned(), sql.to_owned()));
    }

    /// What was delivered, as it came over the wire.
    pub(crate) fn received(&self) -> Vec<String> {
        self.book.received.lock().unwrap().clone()
    }

    pub(crate) fn sign_ins(&self) -> usize {
        self.book.signed_in.lock().unwrap().len()
    }
}

async fn converse(stream: TcpStream, security: Security, acceptor: TlsAcceptor, book: Arc<Book>) {
    match security {
        Security::Tls => {
            if let Ok(stream) = acceptor.accept(stream).await {
                speak(stream, "", true, &book).await;
            }
        }
        Security::Clear => {
            speak(stream, "", true, &book).await;
        }
        Security::StartTls => {
            // Nothing is taken before the conversation is safe.
            if let Some(stream) = speak(stream, "250-STARTTLS\r\n", true, &book).await
                && let Ok(stream) = acceptor.accept(stream).await
            {
                speak(stream, "", false, &book).await;
            }
        }
    }
}

/// Speaks SMTP until the other side leaves, or wants TLS.
async fn speak<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
    offers: &str,
    greet: bool,
    book: &Book,
) -> Option<S> {
    let mut stream = BufStream::new(stream);
    if greet {
        stream.write_all(b"220 localhost ESMTP\r\n").await.ok()?;
        stream.flush().await.ok()?;
    }
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        let command = line.split_whitespace().next().unwrap_or_default().to_uppercase();
        let answer = match command.as_str() {
            "EHLO" => format!("250-localhost\r\n{offers}250-AUTH PLAIN LOGIN\r\n250 8BITMIME\r\n"),
            "STARTTLS" => {
                stream.write_all(b"220 go ahead\r\n").await.ok()?;
                stream.flush().await.ok()?;
                return Some(stream.into_inner());
            }
            "AUTH" => {
                book.signed_in.lock().unwrap().push(line.clone());
                "235 welcome\r\n".to_owned()
            }
            "RCPT" => {
                let refusal = book.refusals.lock().unwrap().pop_front();
                format!("{}\r\n", refusal.unwrap_or("250 fine"))
            }
            "DATA" => {
                stream.write_all(b"354 go on\r\n").await.ok()?;
                stream.flush().await.ok()?;
                let mut mail = String::new();
                loop {
                    let mut line = String::new();
                    stream.read_line(&mut line).await.ok()?;
                    if book.dies_now() {
                        book.death.notify_one();
                        std::future::pending::<()>().await;
                    }
                    if line == ".\r\n" {
                        break;
                    }
                    mail.push_str(&line);
                }
                book.received.lock().unwrap().push(mail);
                let meddling = book.meddling.lock().unwrap().take();
                if let Some((url, sql)) = meddling {
                    let db = sea_orm::Database::connect(url).await.ok()?;
                    db.execute_unprepared(&sql).await.ok()?;
                    db.close().await.ok()?;
                }
                "250 kept\r\n".to_owned()
            }
            "QUIT" => {
                stream.write_all(b"221 bye\r\n").await.ok()?;
                stream.flush().await.ok()?;
                return None;
            }
            _ => "250 fine\r\n".to_owned(),
        };
        stream.write_all(answer.as_bytes()).await.ok()?;
        stream.flush().await.ok()?;
    }
}
