//! The worker that judges new passwords (`crates/strength/worker`). What is typed goes to it and nowhere else.

use std::cell::Cell;
use std::rc::Rc;

use portico_strength::{Answer, Context, Estimate, Question};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, MessageEvent, Worker};

/// Beside the application's own script. One of the few addresses that the gate for scripts (`public/tt.js`) lets through.
const SCRIPT: &str = "strength.js";

/// A worker that runs as long as this value lives.
pub struct Judge {
    worker: Worker,
    asked: Rc<Cell<u32>>,
    _answered: Closure<dyn FnMut(MessageEvent)>,
    _failed: Closure<dyn FnMut(Event)>,
}

impl Judge {
    /// Starts it. `heard` gets the judgement of what was asked last, or nothing once it has become clear that there will
    /// be none. None where there are no workers, or this one may not be started.
    pub fn start(heard: impl Fn(Option<Estimate>) + Clone + 'static) -> Option<Self> {
        let worker = Worker::new(&address()?).ok()?;
        let asked = Rc::new(Cell::new(0));
        let (latest, tell) = (Rc::clone(&asked), heard.clone());
        let answered = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let answer: Option<Answer> = event
                .data()
                .as_string()
                .and_then(|json| serde_json::from_str(&json).ok());
            match answer {
                Some(answer) if answer.id == latest.get() => tell(Some(answer.estimate)),
                // Of what has changed since.
                Some(_) => {}
                None => tell(None),
            }
        });
        // Its script or its code did not come, or it broke.
        let failed = Closure::<dyn FnMut(Event)>::new(move |_| heard(None));
        worker.set_onmessage(Some(answered.as_ref().unchecked_ref()));
        worker.set_onerror(Some(failed.as_ref().unchecked_ref()));
        Some(Self {
            worker,
            asked,
            _answered: answered,
            _failed: failed,
        })
    }

    /// Asks for a judgement. An earlier question is not answered any more.
    pub fn ask(&self, candidate: String, context: Context) {
        let id = self.asked.get().wrapping_add(1);
        self.asked.set(id);
        let question = Question {
            id,
            candidate,
            context,
        };
        if let Ok(json) = serde_json::to_string(&question) {
            // Fails only for what cannot be copied, and text can.
            let _ = self.worker.post_message(&JsValue::from_str(&json));
        }
    }
}

impl Drop for Judge {
    fn drop(&mut self) {
        // With it goes all it has heard.
        self.worker.terminate();
    }
}

/// Where the script is, in the folder of the build that runs. None in a page that is not ours, such as that of tests.
fn address() -> Option<String> {
    let boot = super::window().document()?.get_element_by_id("boot")?;
    let code = boot.get_attribute("data-js")?;
    let (folder, _) = code.rsplit_once('/')?;
    Some(format!("{folder}/{SCRIPT}"))
}
