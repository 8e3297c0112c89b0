/** Every screen for everybody, in one of the languages. */
import { test } from "../support/fixtures";
import { everyScreenIn } from "../support/matrix";

test.use({ site: { name: "screens-zh-cn" } });

everyScreenIn("zh-CN");
